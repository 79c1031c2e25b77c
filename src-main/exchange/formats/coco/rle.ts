import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'
import { decodeRle, encodeRle } from '#shared/geometry/rle'

/** Run lengths as COCO has them: column by column, beginning with zeros. */
export function countsOf(rle: Rle): number[] {
  return encodeRle(transposed(decodeRle(rle), rle.rows, rle.columns), rle.columns, rle.rows).runs
}

/** A mask of the given size from COCO's run lengths. @throws INPUT_INVALID where they do not add up */
export function maskOfCounts(counts: readonly number[], rows: number, columns: number): Rle {
  const length = counts.reduce((sum, run) => sum + (run >= 0 && Number.isInteger(run) ? run : Number.NaN), 0)
  if (length !== rows * columns) {
    throw new LeptonError('INPUT_INVALID', {
      expected: `runs of ${rows * columns} pixels`,
      received: `runs of ${length}`,
    })
  }
  const upright = decodeRle({ rows: columns, columns: rows, runs: [...counts] })
  return encodeRle(transposed(upright, columns, rows), rows, columns)
}

/** COCO's compressed string: each run beyond the third as the difference to the one two before, five bits a character. */
export function compressCounts(counts: readonly number[]): string {
  let text = ''
  counts.forEach((count, i) => {
    let rest = i > 2 ? count - (counts[i - 2] ?? 0) : count
    for (let more = true; more; ) {
      let bits = rest & 0x1f
      rest >>= 5
      more = bits & 0x10 ? rest !== -1 : rest !== 0
      if (more) bits |= 0x20
      text += String.fromCharCode(bits + 48)
    }
  })
  return text
}

/** @throws INPUT_INVALID for characters that are none of the code */
export function expandCounts(text: string): number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length; ) {
    let value = 0
    let shift = 0
    for (let more = true; more; shift += 5) {
      const bits = text.charCodeAt(at++) - 48
      if (!(bits >= 0 && bits < 64) || shift > 30) {
        throw new LeptonError('INPUT_INVALID', {
          expected: 'compressed run lengths',
          received: text.slice(0, 40),
        })
      }
      value |= (bits & 0x1f) << shift
      more = (bits & 0x20) !== 0
      if (!more && bits & 0x10 && shift < 27) value |= -1 << (shift + 5)
    }
    counts.push(counts.length > 2 ? value + (counts[counts.length - 2] ?? 0) : value)
  }
  return counts
}

/** rows x columns turned into columns x rows. */
function transposed(mask: Uint8Array, rows: number, columns: number): Uint8Array {
  const turned = new Uint8Array(mask.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = mask[row * columns + column] ?? 0
    }
  }
  return turned
}
