import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dicomBytes, greyImage, shorts } from '../../imaging/testing/dicom-file'
import type { FrameSource } from '../types'

export const rows = 40
export const columns = 30

/** Value of a pixel of a test slice: a ramp, with a bright square that moves from slice to slice. */
function intensityAt(slice: number, row: number, column: number): number {
  const inside = row >= 10 && row < 20 && column >= 5 + (slice % 8) && column < 15 + (slice % 8)
  return inside ? 900 + slice : row * 5 + column
}

/** Writes a small MR series of uncompressed slices with 1 mm pixels; `nameOf` may name the files. */
export function writeSeries(
  folder: string,
  count: number,
  nameOf: (slice: number) => string = (slice) => `${slice}.dcm`,
): FrameSource[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, slice) => {
    const pixels = Array.from({ length: rows * columns }, (_, i) =>
      intensityAt(slice, Math.floor(i / columns), i % columns),
    )
    const parts = greyImage(rows, columns, 16, [
      [0x00200032, 'DS', `0\\0\\${slice * 3}`],
      [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
      [0x00280030, 'DS', '1\\1'],
      [0x7fe00010, 'OW', shorts(...pixels)],
    ])
    const path = join(folder, nameOf(slice))
    writeFileSync(path, dicomBytes(parts))
    return { path, frame: 0 }
  })
}
