import { expect, test } from 'vitest'
import { withSignedBytes, withSoundGrid } from './j2k-size'

/** Start of a code stream of one component, in the order of ITU-T T.800, A.5.1. */
function stream({ width = 4, height = 2, depth = 7 } = {}): Uint8Array {
  const bytes = new Uint8Array(64)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0xff4fff51)
  view.setUint16(4, 41)
  const fields = [width, height, 0, 0, 4, 2, 0, 0]
  for (const [at, value] of fields.entries()) view.setUint32(8 + at * 4, value)
  view.setUint16(40, 1)
  bytes.set([depth, 1, 1], 42)
  return bytes
}

test('a grid that was overwritten gets the size of its only tile', () => {
  const mended = withSoundGrid(stream({ width: 0xdde00100 }), 2, 4)
  expect(mended).toEqual(stream())
  const sound = stream()
  expect(withSoundGrid(sound, 2, 4)).toBe(sound)
  const larger = stream({ width: 8 })
  expect(withSoundGrid(larger, 4, 8)).toBe(larger)
})

test('signed bytes are decoded as unsigned ones and shifted back', async () => {
  let given = new Uint8Array()
  const decode = withSignedBytes(async (codeStream) => {
    given = codeStream.slice()
    return { rows: 1, columns: 3, samples: 1, bits: 8, planar: false, data: Uint8Array.of(0, 128, 255) }
  })
  const { data } = await decode(stream({ depth: 0x80 + 7 }))
  expect(given).toEqual(stream({ depth: 7 }))
  expect([...new Int8Array(data.buffer)]).toEqual([-128, 0, 127])
})

test('deeper and unsigned samples are left to the codec', async () => {
  const decode = withSignedBytes(async (codeStream) => ({
    rows: 1,
    columns: 1,
    samples: 1,
    bits: 8,
    planar: false,
    data: codeStream.slice(42, 43),
  }))
  expect([...(await decode(stream({ depth: 0x80 + 11 }))).data]).toEqual([0x80 + 11])
  expect([...(await decode(stream({ depth: 7 }))).data]).toEqual([7])
})
