import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, describe, expect, it } from 'vitest'
import { type Planes, planesOf } from '#shared/preparation/planes'
import { columns, rows, writeSeries } from '../testing/series'
import { writeTinyModel } from '../testing/tiny-model'
import { OpenFiles } from './open-files'
import { Preparer } from './prepare'
import { SliceReader } from './slices'

const folder = mkdtempSync(join(tmpdir(), 'lepton-prepare-'))
afterAll(() => rmSync(folder, { recursive: true }))

const stack = writeSeries(join(folder, 'series'), 4)
const { input } = writeTinyModel(join(folder, 'tiny')).manifest
const standardised = {
  ...input,
  intensity: { ...input.intensity, mean: [0.4, 0.4, 0.4], std: [0.2, 0.2, 0.2] },
}

function prepare(images: { index: number; places: number[] }[], missing: number[] = []) {
  const sources = stack.map((source, place): [number, typeof source | null] => [
    place,
    missing.includes(place) ? null : source,
  ])
  const preparer = new Preparer(new SliceReader(new OpenFiles()))
  return preparer.prepare({ run: 1, input: standardised, statistics: [100, 900], images, sources, tile: 0 })
}

/** What the first pixel of the bright square (row 10, column 12) and the corner become. */
const at = (channel: number, row: number, column: number) => channel * 64 * 32 + row * 32 + column

it('stacks neighbours, scales to the range of the series and pads with its black', async () => {
  const { batches } = await prepare([{ index: 1, places: [0, 1, 2] }])
  const [batch] = batches
  expect(batch?.shape).toEqual([1, 3, 64, 32])
  const data = batch?.data ?? new Float32Array()
  const black = Math.fround((0 - 0.4) / 0.2)
  const white = Math.fround((1 - 0.4) / 0.2)
  expect(data[at(0, 0, 0)]).toBeCloseTo(black, 6)
  expect(data[at(1, rows, columns)]).toBeCloseTo(black, 6)
  expect(data[at(1, 12, 10)]).toBeCloseTo(white, 6)
  expect(data[at(1, 39, 29)]).toBeCloseTo(((39 * 5 + 29 - 100) / 800 - 0.4) / 0.2, 5)
  // the square begins at column 5 in slice 0, at 6 in slice 1 and at 7 in slice 2
  expect([0, 1, 2].map((channel) => (data[at(channel, 12, 6)] ?? 0) > 2)).toEqual([true, true, false])
})

it('runs images of one shape together', async () => {
  const { batches } = await prepare([0, 1, 2].map((index) => ({ index, places: [index, index, index] })))
  expect(batches.map(({ shape, views }) => [shape, views.map(({ image }) => image.index)])).toEqual([
    [
      [3, 3, 64, 32],
      [0, 1, 2],
    ],
  ])
})

it('takes the slice itself for a neighbour that cannot be had, and fails only without the slice', async () => {
  const { batches, failures } = await prepare(
    [
      { index: 1, places: [0, 1, 2] },
      { index: 2, places: [1, 2, 3] },
    ],
    [2],
  )
  const data = batches[0]?.data ?? new Float32Array()
  expect(data.subarray(2 * 64 * 32, 3 * 64 * 32)).toEqual(data.subarray(64 * 32, 2 * 64 * 32))
  expect(failures.map(({ index }) => index)).toEqual([2])
})

describe('memory', () => {
  const scaled = {
    ...standardised,
    size: {
      policy: 'spacing' as const,
      millimetres: 0.5,
      multiple: 32,
      maxSide: 640,
      unknownSpacingLongestSide: 128,
      filter: 'bilinear' as const,
    },
  }
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  /** Bytes of typed arrays that are still in use; what was collected is given back a moment later. */
  const collected = async () => {
    for (let time = 0; time < 2; time++) {
      await setTimeout(10)
      if (typeof collect === 'function') collect()
    }
    return process.memoryUsage().arrayBuffers
  }

  it('does not grow with the number of images', async () => {
    const preparer = new Preparer(new SliceReader(new OpenFiles()))
    const sources = stack.map((source, place): [number, typeof source] => [place, source])
    const images = stack.map((_, index) => ({ index, places: [index] }))
    const input = { ...scaled, channels: { kind: 'grey' as const, count: 1 } }
    const through = async (runs: number, first: number) => {
      for (let run = first; run < first + runs; run++) {
        await preparer.prepare({ run, input, statistics: [100, 900], images, sources, tile: 0 })
      }
      return collected()
    }
    const few = await through(20, 0)
    const many = await through(400, 20)
    // a plane of 80 x 60 floats takes 19 kB: 1,600 of them 30 MB
    expect(many - few).toBeLessThan(2 ** 20)
  })

  it('keeps nothing of a frame but its planes', async () => {
    const kept: { planes: Planes; frame: WeakRef<object> }[] = []
    const read = async () => {
      const [source] = stack
      if (!source) return
      const { frame } = await new SliceReader(new OpenFiles()).read(source)
      kept.push({ planes: planesOf(frame, scaled, [100, 900]), frame: new WeakRef(frame.data) })
    }
    await read()
    await collected()
    expect(kept.map(({ planes, frame }) => [planes.colours.length, frame.deref()])).toEqual([[1, undefined]])
  })
})
