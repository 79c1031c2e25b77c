import { Transformer } from '@napi-rs/image'
import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import { encodePng, thumbnail } from '.'
import { colourFrame, greyFrame } from './frames'

const rows = 100
const columns = 200
/** Left half low, right half high. */
const halves = Int16Array.from({ length: rows * columns }, (_, at) => (at % columns < 100 ? -500 : 1500))

async function pixels(frame: Parameters<typeof thumbnail>[0], size: number) {
  const { type, bytes } = await thumbnail(frame, size)
  const picture = new Transformer(bytes)
  const { width, height, format } = await picture.metadata()
  const raw = await picture.rawPixels()
  const channels = raw.length / width / height
  const at = (x: number, y: number) => [
    ...raw.subarray((y * width + x) * channels, (y * width + x) * channels + 3),
  ]
  return { type, width, height, format, at }
}

test('a grey frame is windowed and scaled', async () => {
  const { type, width, height, format, at } = await pixels(greyFrame({ rows, columns }, halves), 50)
  expect([type, format]).toEqual(['image/jpeg', 'jpeg'])
  expect([width, height]).toEqual([50, 25])
  expect(Math.max(...at(5, 12))).toBeLessThan(20)
  expect(Math.min(...at(45, 12))).toBeGreaterThan(235)
})

test('MONOCHROME1 is inverted, a colour frame is not, and nothing is enlarged', async () => {
  const inverted = await pixels({ ...greyFrame({ rows, columns }, halves), photometric: 'MONOCHROME1' }, 500)
  expect([inverted.width, inverted.height]).toEqual([200, 100])
  expect(Math.min(...inverted.at(5, 12))).toBeGreaterThan(235)
  const red = Uint8Array.from({ length: rows * columns * 3 }, (_, at) => (at % 3 === 0 ? 200 : 10))
  const [r = 0, g = 0] = (await pixels(colourFrame({ rows, columns }, red), 40)).at(10, 10)
  expect(r - g).toBeGreaterThan(150)
})

test('masks are PNG of 8 bits, without loss', () => {
  const data = Uint8Array.from([0, 1, 2, 3, 254, 255])
  expect(decode(encodePng(2, 3, data))).toMatchObject({ width: 3, height: 2, channels: 1, depth: 8, data })
})
