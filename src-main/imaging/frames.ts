import type { Frame, SampleArray } from '#shared/domain/image'
import { rangeOf, sampleTypeOf } from './samples'

interface Size {
  rows: number
  columns: number
}

const plain = { slope: 1, intercept: 0, unit: null, windows: [], padding: null, spacing: null }

/** A grey frame of stored values that mean what they say, light is high. */
export function greyFrame({ rows, columns }: Size, data: SampleArray): Frame {
  return {
    rows,
    columns,
    samples: 1,
    type: sampleTypeOf(data),
    photometric: 'MONOCHROME2',
    voiFunction: 'LINEAR',
    ...plain,
    ...rangeOf(data),
    data,
  }
}

/** A frame of interleaved 8-bit RGB. */
export function colourFrame({ rows, columns }: Size, data: Uint8Array): Frame {
  return {
    rows,
    columns,
    samples: 3,
    type: 'uint8',
    photometric: 'RGB',
    voiFunction: 'LINEAR',
    ...plain,
    ...rangeOf(data),
    data,
  }
}
