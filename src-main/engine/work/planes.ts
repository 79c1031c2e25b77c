import type { Frame } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { resizeBilinear } from '#shared/geometry/bilinear'
import { type Grid, gridOf } from './grid'
import { percentileOf, tallyOf } from './tally'

type Input = ModelManifest['input']

/** Least and greatest modality value of the network's range. */
export type Range = readonly [number, number]

/** One frame on the network's grid: a plane of content rows x columns for each colour, values from 0 to 1. */
export interface Planes {
  grid: Grid
  colours: Float32Array[]
}

/**
 * Brings a frame to the network's range and grid. `range` is that of the series; without it, percentiles are
 * taken from the frame alone. MONOCHROME1 is turned over, so that bright means bright as on the screen.
 */
export function planesOf(frame: Frame, input: Input, range: Range | null): Planes {
  const grid = gridOf(frame, input.size)
  const values = input.channels.kind === 'rgb' ? colourPlanes(frame) : [greyPlane(frame)]
  const normalise = normaliserOf(frame, input.intensity, range)
  for (const plane of values) normalise(plane)
  return {
    grid,
    colours: values.map((plane) =>
      frame.rows === grid.content[0] && frame.columns === grid.content[1]
        ? plane
        : resizeBilinear(plane, [frame.rows, frame.columns], grid.content),
    ),
  }
}

function normaliserOf(
  frame: Frame,
  intensity: Input['intensity'],
  range: Range | null,
): (plane: Float32Array) => void {
  if (intensity.kind === 'scale') {
    return (plane) => {
      for (let i = 0; i < plane.length; i++) plane[i] = (plane[i] ?? 0) / intensity.divisor
    }
  }
  const [low, high] =
    range ?? rangeOf([frame], intensity.kind === 'percentile' ? intensity : { low: 0, high: 100 })
  const span = Math.max(high - low, 1e-6)
  const invert = frame.photometric === 'MONOCHROME1'
  return (plane) => {
    for (let i = 0; i < plane.length; i++) {
      const x = Math.min(1, Math.max(0, ((plane[i] ?? 0) - low) / span))
      plane[i] = invert ? 1 - x : x
    }
  }
}

/** The percentile range of the pixels of some frames together. */
export function rangeOf(frames: readonly Frame[], { low, high }: { low: number; high: number }): Range {
  const tallies = frames.map(tallyOf)
  return [percentileOf(tallies, low), percentileOf(tallies, high)]
}

function greyPlane({ data, samples, slope, intercept }: Frame): Float32Array {
  if (samples === 1) {
    const plane = new Float32Array(data.length)
    for (let i = 0; i < data.length; i++) plane[i] = (data[i] ?? 0) * slope + intercept
    return plane
  }
  const plane = new Float32Array(data.length / 3)
  for (let i = 0; i < plane.length; i++) {
    plane[i] = 0.299 * (data[3 * i] ?? 0) + 0.587 * (data[3 * i + 1] ?? 0) + 0.114 * (data[3 * i + 2] ?? 0)
  }
  return plane
}

function colourPlanes(frame: Frame): Float32Array[] {
  if (frame.samples === 1) {
    const plane = greyPlane(frame)
    return [plane, plane.slice(), plane.slice()]
  }
  return [0, 1, 2].map((colour) =>
    Float32Array.from({ length: frame.rows * frame.columns }, (_, i) => frame.data[3 * i + colour] ?? 0),
  )
}
