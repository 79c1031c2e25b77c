import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import createEncoder from '@cornerstonejs/codec-libjxl/encodewasmjs'
import { Transformer } from '@napi-rs/image'
import { expect, test } from 'vitest'
import { decodeStream } from '.'
import { decodeJpegDct } from './jpeg-dct'
import { readJpegSegments } from './jpeg-segments'

const rows = 45
const columns = 67

/** A smooth colour picture with an edge. */
const rgba = Uint8Array.from({ length: rows * columns * 4 }, (_, at) => {
  const [row, column, channel] = [Math.floor(at / 4 / columns), Math.floor(at / 4) % columns, at % 4]
  if (channel === 3) return 255
  return channel === 0 ? row * 5 : channel === 1 ? column * 3 : row > 20 && column > 30 ? 220 : 40
})

test('the two JPEG decoders agree on the stored components', async () => {
  const jpeg = await Transformer.fromRgbaPixels(rgba, columns, rows).jpeg(90)
  const fast = await decodeStream('jpeg', jpeg, { statedRgb: false, raw: true })
  const own = decodeJpegDct(jpeg)
  expect([own.rows, own.columns, own.samples]).toEqual([rows, columns, 3])
  expect(fast.colour).toBe('YBR_FULL')
  const differences = Array.from(own.data, (value, at) => Math.abs(value - (fast.data[at] ?? 0)))
  const luma = differences.filter((_, at) => at % 3 === 0)
  expect(Math.max(...luma)).toBeLessThanOrEqual(2)
  expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(1)
})

test('JPEG becomes RGB unless asked for as stored', async () => {
  const jpeg = await Transformer.fromRgbaPixels(rgba, columns, rows).jpeg(95)
  const rgb = await decodeStream('jpeg', jpeg, { statedRgb: true, raw: false })
  expect(rgb.colour).toBe('RGB')
  expect(Math.abs((rgb.data[3 * (40 * columns + 10)] ?? 0) - 200)).toBeLessThan(6)
})

test('a JPEG that ends early has no segments or is corrupt', async () => {
  const jpeg = await Transformer.fromRgbaPixels(rgba, columns, rows).jpeg(95)
  expect(readJpegSegments(jpeg.subarray(0, 20))).toBeNull()
  expect(() => decodeJpegDct(jpeg.subarray(0, jpeg.length >> 1))).toThrow('PIXELS_CORRUPT')
})

test('JPEG XL of 16 bits comes back without loss', async () => {
  const path = createRequire(import.meta.url).resolve('@cornerstonejs/codec-libjxl/encodewasm')
  const wasmBinary = readFileSync(path)
  const { JpegXLEncoder } = await createEncoder({ wasmBinary })
  const encoder = new JpegXLEncoder()
  const data = Uint16Array.from({ length: 12 }, (_, at) => at * 5000)
  const info = { width: 4, height: 3, bitsPerSample: 16, componentCount: 1, isSigned: false }
  encoder.getDecodedBuffer(info).set(new Uint8Array(data.buffer))
  encoder.setLossless(true)
  encoder.encode()
  const stream = Uint8Array.from(encoder.getEncodedBuffer())
  const decoded = await decodeStream('jpeg-xl', stream, { statedRgb: false, raw: false })
  expect(decoded).toMatchObject({ rows: 3, columns: 4, samples: 1, bits: 16 })
  expect([...decoded.data]).toEqual([...data])
})
