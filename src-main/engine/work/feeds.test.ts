import * as runtime from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { laidOut, numbersOf, tensorOf } from './feeds'

const values = Float32Array.of(0, 1, -2.5, 254.5, 300, 65504)

it('writes every type a network may take, and reads it back', () => {
  const back = (type: 'float32' | 'float16' | 'uint8' | 'int32' | 'int64') => [
    ...numbersOf(tensorOf(runtime, type, values, [6])).data,
  ]
  expect(back('float32')).toEqual([...values])
  expect(back('float16')).toEqual([...values])
  expect(back('uint8')).toEqual([0, 1, 0, 254, 255, 255])
  expect(back('int32')).toEqual([0, 1, -2, 255, 300, 65504])
  expect(back('int64')).toEqual([0, 1, -2, 255, 300, 65504])
  expect(() => tensorOf(runtime, 'string', values, [6])).toThrow('MODEL_INVALID')
})

it('puts channels last for networks that want them so', () => {
  const data = Float32Array.from({ length: 2 * 3 * 2 }, (_, i) => i)
  const laid = laidOut(data, [1, 3, 2, 2], 'NHWC')
  expect(laid.dims).toEqual([1, 2, 2, 3])
  expect([...laid.data]).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
  expect(laidOut(data, [1, 3, 2, 2], 'NCHW')).toEqual({ data, dims: [1, 3, 2, 2] })
})
