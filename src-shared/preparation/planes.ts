import type { Frame } from '../domain/image'
import type { NetworkInput } from '../domain/model-manifest/index'
import { type Grid, gridOf } from '../geometry/grid'
import { type RowReader, resample } from '../geometry/resample'
import { type Curve, curveOf } from './curve'
import { lumaAt, type Statistics } from './statistics'

/** One frame on the network's scale: each colour read row by row, before mean and standard deviation. */
export interface Planes {
  grid: Grid
  /** Rows and columns as the grid's `content`. */
  colours: RowReader[]
  /** Memory it holds on to. */
  bytes: number
}

/**
 * Brings a frame to the network's range and scale. `statistics` are those of the series, where the rule asks for
 * them. Grey frames give every colour the same values; colour is turned to luma for grey networks.
 */
export function planesOf(frame: Frame, input: NetworkInput, statistics: Statistics | null): Planes {
  const grid = gridOf(frame, input.size)
  const curve = curveOf(frame, input, statistics)
  const whole = colourOrder(frame, input).map((colour) => rowsOf(frame, colour, curve))
  const [rows, columns] = grid.content
  if (frame.rows === rows && frame.columns === columns) {
    return { grid, colours: whole, bytes: frame.data.byteLength }
  }
  const filter = 'filter' in input.size ? input.size.filter : 'bilinear'
  const planes = whole.map((read) => resample(read, [frame.rows, frame.columns], grid.content, filter))
  return {
    grid,
    colours: planes.map((plane) => readerOf(plane, columns)),
    bytes: planes.length * rows * columns * 4,
  }
}

/** Reads a plane; made apart from the frame, which it must not keep in memory. */
function readerOf(plane: Float32Array, columns: number): RowReader {
  return (row, line, from, until) => line.set(plane.subarray(row * columns + from, row * columns + until))
}

/** Which samples of the frame become planes: places within a pixel, or the whole pixel as grey. */
function colourOrder({ samples }: Frame, { channels }: NetworkInput): (0 | 1 | 2 | 'grey')[] {
  if (samples === 1) return [0]
  if (channels.kind === 'rgb') return [0, 1, 2]
  return channels.kind === 'bgr' ? [2, 1, 0] : ['grey']
}

function rowsOf(
  { data, columns, samples }: Frame,
  colour: 0 | 1 | 2 | 'grey',
  { gain, shift, least, most }: Curve,
): RowReader {
  if (colour === 'grey') {
    return (row, line, from, until) => {
      for (let x = from; x < until; x++) {
        const value = lumaAt(data, row * columns + x) * gain + shift
        line[x - from] = Math.min(most, Math.max(least, value))
      }
    }
  }
  // scaled values have no bounds, and photographs have many pixels
  const bounded = Number.isFinite(least) || Number.isFinite(most)
  return (row, line, from, until) => {
    let at = (row * columns + from) * samples + colour
    if (!bounded) {
      for (let x = from; x < until; x++, at += samples) line[x - from] = (data[at] ?? 0) * gain + shift
      return
    }
    for (let x = from; x < until; x++, at += samples) {
      line[x - from] = Math.min(most, Math.max(least, (data[at] ?? 0) * gain + shift))
    }
  }
}
