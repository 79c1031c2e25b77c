import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'
import { encodeRle } from '#shared/geometry/rle'
import { smallPng } from './small-png'

/** Bytes of a label image at most: one of 2^28 pixels compresses to less. */
const mostBytes = 256 * 1024 * 1024

/** The numbers in a picture's pixels, row by row. */
export type Numbers = ArrayLike<number>

/** The path of a file that another file names, below that one's folder. @throws PATH_REFUSED */
export function pathBelow(folder: string, name: string): string {
  const parts = name.split(/[\\/]/)
  if (!isAbsolute(name) && !parts.includes('..') && !name.includes('\0')) return join(folder, ...parts)
  throw new LeptonError('PATH_REFUSED', { expected: `a file below ${folder}`, received: name })
}

/**
 * The pixels of a grey PNG that is as large as the picture it is about.
 * @throws INPUT_INVALID, FILE_NOT_FOUND, FILE_UNREADABLE
 */
export async function labelPng(
  path: string,
  { rows, columns }: { rows: number; columns: number },
): Promise<Numbers> {
  const { data, channels, width, height } = smallPng(await bytesOf(path), columns, rows)
  if (channels === 1 && width === columns && height === rows) return data
  throw new LeptonError('INPUT_INVALID', {
    expected: `grey pixels, ${columns} x ${rows}`,
    received: `${channels} channels, ${width} x ${height} in ${path}`,
  })
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path)
    if (size <= mostBytes) return await readFile(path)
  } catch (cause) {
    const gone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new LeptonError(gone ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', { received: path, cause })
  }
  throw new LeptonError('INPUT_INVALID', {
    expected: `at most ${mostBytes / 1024 / 1024} MB`,
    received: path,
  })
}

/** Whether each of some numbers is anywhere in the pixels. */
export function numbersIn(pixels: Numbers): Set<number> {
  const found = new Set<number>()
  let last = Number.NaN
  for (let at = 0; at < pixels.length; at++) {
    const value = pixels[at] as number
    if (value === last) continue
    found.add(value)
    last = value
  }
  return found
}

/** The pixels that hold one of the numbers. */
export function maskWhere(
  pixels: Numbers,
  { rows, columns }: { rows: number; columns: number },
  numbers: ReadonlySet<number>,
): Rle {
  const mask = new Uint8Array(rows * columns)
  for (let at = 0; at < mask.length; at++) mask[at] = numbers.has(pixels[at] as number) ? 1 : 0
  return encodeRle(mask, rows, columns)
}
