import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { encode } from 'fast-png'
import { dicomBytes, greyImage, shorts } from '../../imaging/testing/dicom-file'
import type { FrameSource } from '../types'

export type Colour = readonly [number, number, number]

/** Interleaved 8-bit RGB of a picture whose pixels are given by place. */
export function pixelsOf(
  rows: number,
  columns: number,
  at: (row: number, column: number) => Colour,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(rows * columns * 3)
  for (let i = 0; i < rows * columns; i++) data.set(at(Math.floor(i / columns), i % columns), 3 * i)
  return data
}

/** Writes a colour photograph without loss. */
export function writePng(path: string, rows: number, columns: number, data: Uint8Array): FrameSource {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, encode({ width: columns, height: rows, data, channels: 3, depth: 8 }))
  return { path, frame: 0 }
}

/** Writes the same pixels as an RGB DICOM image. */
export function writeColourDicom(path: string, rows: number, columns: number, data: Uint8Array): FrameSource {
  mkdirSync(dirname(path), { recursive: true })
  const parts = greyImage(rows, columns, 8, [
    [0x00280002, 'US', shorts(3)],
    [0x00280004, 'CS', 'RGB'],
    [0x00280006, 'US', shorts(0)],
    [0x7fe00010, 'OW', data],
  ])
  writeFileSync(path, dicomBytes(parts))
  return { path, frame: 0 }
}
