import type { Box, Rle } from '../domain/finding'

/** A connected part of a binary mask. */
export interface Region {
  box: Box
  /** Set pixels. */
  area: number
  mask: Rle
  /** Greatest and mean value of the field under it. */
  maximum: number
  mean: number
}

/** A run of set pixels in one row; `end` is one past the last column. */
interface Run {
  row: number
  start: number
  end: number
  region: number
}

/**
 * Connected regions (8-connectivity) of a mask (rows x columns, row by row) with the figures of `field` under
 * each, in the order of their first pixel.
 */
export function regionsOf(
  mask: ArrayLike<number>,
  field: ArrayLike<number>,
  rows: number,
  columns: number,
): Region[] {
  const { runs, parents } = linkRuns(mask, rows, columns)
  const groups = new Map<number, Run[]>()
  for (const run of runs) {
    const root = rootOf(parents, run.region)
    const group = groups.get(root)
    if (group) group.push(run)
    else groups.set(root, [run])
  }
  return [...groups.values()].map((group) => regionOf(group, field, rows, columns))
}

function linkRuns(
  mask: ArrayLike<number>,
  rows: number,
  columns: number,
): { runs: Run[]; parents: number[] } {
  const runs: Run[] = []
  const parents: number[] = []
  let above: Run[] = []
  for (let row = 0; row < rows; row++) {
    const here: Run[] = []
    for (let column = 0; column < columns; column++) {
      if (!mask[row * columns + column]) continue
      const start = column
      while (column < columns && mask[row * columns + column]) column++
      const run = { row, start, end: column, region: parents.length }
      parents.push(run.region)
      for (const other of above) {
        if (other.start <= run.end && run.start <= other.end) join(parents, other.region, run.region)
      }
      here.push(run)
    }
    runs.push(...here)
    above = here
  }
  return { runs, parents }
}

function rootOf(parents: number[], region: number): number {
  let root = region
  for (let parent = parents[root]; parent !== undefined && parent !== root; parent = parents[root])
    root = parent
  parents[region] = root
  return root
}

function join(parents: number[], a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)]
  parents[Math.max(first, second)] = Math.min(first, second)
}

function regionOf(runs: readonly Run[], field: ArrayLike<number>, rows: number, columns: number): Region {
  let [left, top, right, bottom] = [columns, rows, 0, 0]
  let [area, sum, maximum] = [0, 0, Number.NEGATIVE_INFINITY]
  const lengths: number[] = []
  let at = 0
  for (const { row, start, end } of runs) {
    left = Math.min(left, start)
    right = Math.max(right, end)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row + 1)
    area += end - start
    for (let i = row * columns + start; i < row * columns + end; i++) {
      const value = field[i] ?? 0
      sum += value
      if (value > maximum) maximum = value
    }
    const from = row * columns + start
    if (from === at && lengths.length > 0) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + end - start
    else lengths.push(from - at, end - start)
    at = row * columns + end
  }
  if (at < rows * columns) lengths.push(rows * columns - at)
  const box: Box = [left, top, right - left, bottom - top]
  return { box, area, mask: { rows, columns, runs: lengths }, maximum, mean: sum / area }
}
