import type { Rle } from '../domain/finding'

/** Run lengths of a binary mask (rows x columns, row by row, zero or not). */
export function encodeRle(mask: ArrayLike<number>, rows: number, columns: number): Rle {
  const runs: number[] = []
  let set = false
  let length = 0
  for (let i = 0; i < rows * columns; i++) {
    if ((mask[i] !== 0) === set) {
      length++
    } else {
      runs.push(length)
      set = !set
      length = 1
    }
  }
  if (rows * columns > 0) runs.push(length)
  return { rows, columns, runs }
}

/** The mask as rows x columns bytes, 1 where set. */
export function decodeRle(rle: Rle): Uint8Array {
  const mask = new Uint8Array(rle.rows * rle.columns)
  forEachSetRun(rle, (start, length) => mask.fill(1, start, start + length))
  return mask
}

/** Number of set pixels. */
export function areaOfRle(rle: Rle): number {
  let area = 0
  for (let i = 1; i < rle.runs.length; i += 2) area += rle.runs[i] ?? 0
  return area
}

/** Calls back with the place of the first pixel (row-major) and the length of each run of set pixels. */
export function forEachSetRun(rle: Rle, visit: (start: number, length: number) => void): void {
  let at = 0
  rle.runs.forEach((length, i) => {
    if (i % 2 === 1 && length > 0) visit(at, length)
    at += length
  })
}

/** Number of pixels set in both masks; 0 where their sizes differ. */
export function overlapOfRle(a: Rle, b: Rle): number {
  if (a.rows !== b.rows || a.columns !== b.columns) return 0
  const left = setRuns(a)
  const right = setRuns(b)
  let overlap = 0
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const [p, q] = [left[i], right[j]]
    if (!p || !q) break
    overlap += Math.max(0, Math.min(p.end, q.end) - Math.max(p.start, q.start))
    if (p.end <= q.end) i++
    else j++
  }
  return overlap
}

/**
 * Whether a pixel of one mask lies on, beside or diagonally beside a pixel of the other: the test for joining
 * regions of neighbouring slices with 26-connectivity. False where their sizes differ.
 */
export function rlesTouch(a: Rle, b: Rle): boolean {
  if (a.rows !== b.rows || a.columns !== b.columns) return false
  const left = rowRuns(a)
  const right = rowRuns(b)
  for (const [row, runs] of left) {
    for (const other of [row - 1, row, row + 1]) {
      const near = right.get(other)
      if (near && runs.some((p) => near.some((q) => p.start <= q.end && q.start <= p.end))) return true
    }
  }
  return false
}

interface Run {
  start: number
  /** One past the last. */
  end: number
}

function setRuns(rle: Rle): Run[] {
  const runs: Run[] = []
  forEachSetRun(rle, (start, length) => runs.push({ start, end: start + length }))
  return runs
}

/** Set runs by row, cut at the row's end, as columns. */
function rowRuns(rle: Rle): Map<number, Run[]> {
  const rows = new Map<number, Run[]>()
  forEachSetRun(rle, (start, length) => {
    const end = start + length
    for (let at = start; at < end; ) {
      const row = Math.floor(at / rle.columns)
      const stop = Math.min(end, (row + 1) * rle.columns)
      const run = { start: at - row * rle.columns, end: stop - row * rle.columns }
      const runs = rows.get(row)
      if (runs) runs.push(run)
      else rows.set(row, [run])
      at = stop
    }
  })
  return rows
}
