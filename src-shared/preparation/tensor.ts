import type { NetworkInput } from '../domain/model-manifest/index'
import { type Grid, type Size, visibleOf } from '../geometry/grid'
import { borderOf } from './curve'
import type { Planes } from './planes'

/** Channels of a network's input. */
export function depthOf({ channels }: NetworkInput): number {
  switch (channels.kind) {
    case 'neighbours':
      return channels.offsets.length
    case 'grey':
      return channels.count
    default:
      return 3
  }
}

/**
 * Writes one view of an image as channels x rows x columns into `target`. `images` holds the planes of each
 * neighbour in the order of the channels, or those of the image alone.
 */
export function writeView(
  target: Float32Array,
  images: readonly Planes[],
  grid: Grid,
  offset: Size,
  input: NetworkInput,
): void {
  const depth = depthOf(input)
  const [rows, columns] = grid.padded
  for (let channel = 0; channel < depth; channel++) {
    const planes = input.channels.kind === 'neighbours' ? images[channel] : images[0]
    const read = planes?.colours[channel] ?? planes?.colours[0]
    if (!read) continue
    const plane = target.subarray(channel * rows * columns, (channel + 1) * rows * columns)
    const { mean, deviation } = standardOf(input, channel)
    plane.fill((borderOf(grid.fill, input) - mean) / deviation)
    const [left, top, width, height] = visibleOf(grid, offset)
    for (let y = top; y < top + height; y++) {
      const start = (y + offset[0]) * columns + left + offset[1]
      const line = plane.subarray(start, start + width)
      read(y, line, left, left + width)
      for (let x = 0; x < width; x++) line[x] = ((line[x] ?? 0) - mean) / deviation
    }
  }
}

function standardOf({ intensity }: NetworkInput, channel: number): { mean: number; deviation: number } {
  if (intensity.kind === 'z-score') return { mean: 0, deviation: 1 }
  const { mean, std } = intensity
  return { mean: mean[channel] ?? mean[0] ?? 0, deviation: std[channel] ?? std[0] ?? 1 }
}
