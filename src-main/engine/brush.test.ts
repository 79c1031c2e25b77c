import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openInstance } from '#main/imaging'
import { sharedData } from '#main/testing/shared-data'
import { imageInput, SIDE } from '#shared/brush/inputs'
import { brushPicture } from '#shared/brush/picture'
import { SmartBrush } from '#shared/brush/smart-brush'
import { wholeView } from '#shared/brush/view'
import { bundledModels, referenceOf } from './testing/bundled-models'
import { loadRuntime, sessionOptions } from './work/runtime'

const click = z.object({ x: z.number(), y: z.number(), positive: z.boolean() })
const reference = z.object({
  pictures: z.array(
    z.object({
      file: z.string(),
      clicks: z
        .array(
          z.object({
            click,
            image: z.object({
              mean: z.number(),
              std: z.number(),
              pins: z.array(z.object({ at: z.array(z.number()).length(4), value: z.number() })),
            }),
            prompt: z.object({ sums: z.array(z.number()).length(3) }),
            maskPixels: z.number(),
          }),
        )
        .min(1),
    }),
  ),
})

const model = bundledModels().find(({ manifest }) => manifest.input.prompt !== undefined)

describe.skipIf(!model)('the smart brush', () => {
  for (const { file, clicks } of reference.parse(referenceOf('smart-brush') ?? { pictures: [] }).pictures) {
    const path = sharedData(file)
    it.skipIf(path === null)(`marks what its recipe marked: ${file}`, { timeout: 60_000 }, async () => {
      const weights = model?.manifest.weights[0]?.file ?? ''
      const { InferenceSession, Tensor } = await loadRuntime('cpu')
      const session = await InferenceSession.create(
        readFileSync(join(model?.folder ?? '', weights)),
        sessionOptions('cpu', 2),
      )
      const instance = await openInstance(path ?? '')
      const frame = await instance.frame(0)
      await instance.close()
      const lossy = file.endsWith('.jpg')
      const brush = new SmartBrush(brushPicture(frame))
      for (const [place, expected] of clicks.entries()) {
        brush.click(expected.click)
        const first = brush.pass()
        // JPEG decoders differ by a level or two: later views then lie a pixel or so apart
        if (!lossy || place === 0) {
          compareImage(first.image, expected.image, lossy ? 0.06 : 2e-3)
          const sums = [0, 1, 2].map((plane) => sumOf(first.prompt, plane))
          expect(sums[0]).toBe(expected.prompt.sums[0])
          expect(sums[1]).toBe(expected.prompt.sums[1])
          expect(within(sums[2] ?? 0, expected.prompt.sums[2] ?? 0)).toBeLessThan(0.05)
        }
        for (let more = true, pass = first; more; pass = brush.pass()) {
          const shape = [1, 3, SIDE, SIDE]
          const feeds = {
            image: new Tensor('float32', pass.image, shape),
            prompt: new Tensor('float32', pass.prompt, shape),
          }
          const { mask } = await session.run(feeds)
          more = brush.take(logitsOf(mask?.data))
        }
        const marked = brush.mask()?.mask.reduce((sum, value) => sum + value, 0) ?? 0
        expect(within(marked, expected.maskPixels), `click ${place + 1}`).toBeLessThan(lossy ? 0.12 : 0.05)
      }
      for (const _ of clicks) expect(brush.undo()).toBe(true)
      expect(brush.mask()).toBeNull()
      expect(brush.undo()).toBe(false)
    })
  }
})

it('works on a picture of at most 1024 pixels and hands back a mask of the whole', () => {
  const [rows, columns] = [600, 2400]
  const data = Uint8Array.from({ length: rows * columns }, (_, at) => (at % columns) >> 4)
  const picture = brushPicture({
    rows,
    columns,
    samples: 1,
    type: 'uint8',
    photometric: 'MONOCHROME1',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 150,
    padding: null,
    spacing: null,
    data,
  })
  expect(picture.size).toEqual([256, 1024])
  expect(picture.planes[0]?.[0]).toBeCloseTo(255, 0)
  const outside = imageInput(picture, wholeView(picture.size))[0]
  expect(outside).toBeCloseTo((127 / 255 - 0.498) / 0.502, 5)
  const brush = new SmartBrush(picture)
  brush.click({ x: 2399, y: 599, positive: true })
  expect(brush.clicks[0]).toEqual({ x: 1023, y: 255, positive: true })
  brush.take(new Float32Array(SIDE * SIDE).fill(8))
  const mask = brush.mask()
  expect(mask?.box).toEqual([0, 0, columns, rows])
  expect(mask?.mask.every((value) => value === 1)).toBe(true)
})

function logitsOf(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data
  throw new Error('the network answers in 32-bit numbers')
}

function compareImage(
  image: Float32Array,
  expected: { mean: number; std: number; pins: readonly { at: number[]; value: number }[] },
  limit: number,
): void {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length
  const std = Math.sqrt(image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length)
  expect(Math.abs(mean - expected.mean)).toBeLessThan(limit / 5)
  expect(Math.abs(std - expected.std)).toBeLessThan(limit / 5)
  for (const { at, value } of expected.pins) {
    const [, channel = 0, row = 0, column = 0] = at
    expect(Math.abs((image[(channel * SIDE + row) * SIDE + column] ?? 0) - value)).toBeLessThan(limit)
  }
}

function sumOf(prompt: Float32Array, plane: number): number {
  return prompt.subarray(plane * SIDE * SIDE, (plane + 1) * SIDE * SIDE).reduce((sum, v) => sum + v, 0)
}

/** Difference as a share of what was expected. */
function within(value: number, expected: number): number {
  return Math.abs(value - expected) / Math.max(1, expected)
}
