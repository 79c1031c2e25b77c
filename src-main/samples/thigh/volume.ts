import {
  sliceHeight,
  type ThighGrid,
  type ThighInput,
  type ThighOptions,
  thighGrid,
  thighOptions,
} from './options'
import { acquire } from './scanner'
import { type Thigh, thighOf } from './tissue'

/** One slice before the scanner adds noise. */
export interface CleanSlice {
  /** T1 signal relative to fat, rows x columns. */
  signal: Float32Array
  /** 1 where the centre of the voxel lies in the tumour, rows x columns. */
  mask: Uint8Array
}

/** A phantom in memory: slices from the feet upwards, each row by row. */
export interface ThighVolume extends ThighGrid {
  slices: number
  rows: number
  columns: number
  /** Stored values, 12 bit, slices x rows x columns. */
  data: Uint16Array
  /** The truth: 1 in the tumour, else 0; slices x rows x columns. */
  mask: Uint8Array
  /** Volume of the tumour in mm3, integrated without any grid. */
  tumourVolume: number
}

/** Draws slice number `slice` of a thigh. */
export function cleanSlice(thigh: Thigh, options: ThighOptions, slice: number): CleanSlice {
  const { rows, columns } = options
  const { pixel } = thighGrid(options)
  const signal = new Float32Array(rows * columns)
  const mask = new Uint8Array(rows * columns)
  const plane = thigh.plane(sliceHeight(options, slice), pixel)
  for (let row = 0; row < rows; row++) {
    const y = (row - (rows - 1) / 2) * pixel
    for (let column = 0; column < columns; column++) {
      const x = (column - (columns - 1) / 2) * pixel
      const at = row * columns + column
      signal[at] = plane.signal(x, y)
      if (plane.tumour(x, y)) mask[at] = 1
    }
  }
  return { signal, mask }
}

/** The stored values of a slice in repetition `stream` of the acquisition. */
export function storedSlice(
  clean: CleanSlice,
  options: ThighOptions,
  slice: number,
  stream: number,
): Uint16Array {
  const { rows, columns, seed } = options
  const { pixel } = thighGrid(options)
  return acquire(clean.signal, { rows, columns, pixel, height: sliceHeight(options, slice), seed, stream })
}

/**
 * Makes a whole phantom in memory with its true mask; the first series if the options ask for several.
 *
 * What it is: an axial T1-weighted picture of a right thigh, drawn from ellipses after anatomy atlases and from noise,
 * with the signal of air, skin, fat, muscle, cortex, marrow and vessels as in public T1 series; a lobulated tumour
 * that pushes the tissue aside, a little brighter than muscle, with softened and bled parts and a capsule on part of
 * its surface; then a point spread, a coil's sensitivity, a faint ghost and Rician noise. Its mask is exact.
 *
 * What it is not: a patient, or an average of patients. It has no infiltrating margin, oedema, motion, metal, chemical
 * shift or averaging through the slice, its tumour is compact and easy, and one build stands for all. A model that
 * finds this tumour runs as it should; how good a model is can only be told from patients.
 */
export function makeThighVolume(input: ThighInput = {}): ThighVolume {
  const options = thighOptions.parse(input)
  const { slices, rows, columns } = options
  const thigh = thighOf(options)
  const data = new Uint16Array(slices * rows * columns)
  const mask = new Uint8Array(slices * rows * columns)
  for (let slice = 0; slice < slices; slice++) {
    const clean = cleanSlice(thigh, options, slice)
    data.set(storedSlice(clean, options, slice, 0), slice * rows * columns)
    mask.set(clean.mask, slice * rows * columns)
  }
  return { ...thighGrid(options), slices, rows, columns, data, mask, tumourVolume: thigh.tumourVolume }
}
