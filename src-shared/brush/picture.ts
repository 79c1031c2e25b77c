import type { Frame } from '../domain/image'
import { resample } from '../geometry/resample'
import { percentileOf, tallyOf } from '../preparation/tally'

/** The picture a brush works on: 8-bit values, one plane of grey or three of red, green and blue. */
export interface BrushPicture {
  size: readonly [rows: number, columns: number]
  planes: readonly Float32Array[]
  /** Of the image it was made from. */
  fullSize: readonly [rows: number, columns: number]
}

/** Larger pictures are shrunk to this longer side. */
const LONGEST = 1024
/** Percentiles of a medical picture that become 0 and 255. */
const [LOW, HIGH] = [1, 99.5]

/** A decoded frame as the brush's network was trained to see it. */
export function brushPicture(frame: Frame): BrushPicture {
  const full = [frame.rows, frame.columns] as const
  const planes = frame.samples === 3 ? coloursOf(frame) : [greyOf(frame)]
  const scale = LONGEST / Math.max(...full)
  if (scale >= 1) return { size: full, planes, fullSize: full }
  const size = [rounded(full[0] * scale), rounded(full[1] * scale)] as const
  const shrunk = planes.map((plane) => resample(rowsOf(plane, full[1]), full, size, 'antialias'))
  return { size, planes: shrunk, fullSize: full }
}

/** A plane as the resampler reads it. */
export function rowsOf(plane: ArrayLike<number>, columns: number) {
  return (row: number, line: Float32Array, from: number, until: number): void => {
    for (let x = from; x < until; x++) line[x - from] = plane[row * columns + x] ?? 0
  }
}

function coloursOf({ data, rows, columns }: Frame): Float32Array[] {
  return [0, 1, 2].map((channel) => {
    const plane = new Float32Array(rows * columns)
    for (let at = 0; at < plane.length; at++) plane[at] = data[3 * at + channel] ?? 0
    return plane
  })
}

/** 8-bit grey is taken as it is; anything deeper between its percentiles. */
function greyOf(frame: Frame): Float32Array {
  const { data, type, photometric, slope } = frame
  const inverted = (photometric === 'MONOCHROME1') !== slope < 0
  const plane = Float32Array.from(data)
  if (type === 'uint8') {
    if (inverted) for (let at = 0; at < plane.length; at++) plane[at] = 255 - (plane[at] ?? 0)
    return plane
  }
  const tally = tallyOf({ data, slope: 1, intercept: 0 })
  const [least, most] = inverted
    ? [percentileOf([tally], 100 - HIGH), percentileOf([tally], 100 - LOW)]
    : [percentileOf([tally], LOW), percentileOf([tally], HIGH)]
  const span = Math.max(most - least, 1e-6)
  for (let at = 0; at < plane.length; at++) {
    const share = Math.min(1, Math.max(0, ((data[at] ?? 0) - least) / span))
    plane[at] = rounded((inverted ? 1 - share : share) * 255)
  }
  return plane
}

const rounded = (value: number) => Math.floor(value + 0.5)
