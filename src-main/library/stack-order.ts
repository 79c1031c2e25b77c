/** What the place of an image in its stack depends on. */
export interface Slice {
  position: readonly number[] | null
  orientation: readonly number[] | null
  /** Instance Number. */
  number: number | null
  name: string
  frame: number
}

export type StackOrder = 'position' | 'instance' | 'name'

const natural = new Intl.Collator('en', { numeric: true })

/**
 * Orders a stack by position along the normal of its slices, else by Instance Number, else by name; slices at
 * the same place keep the order of number, name and frame.
 */
export function orderStack<T extends Slice>(slices: readonly T[]): { order: StackOrder; sorted: T[] } {
  const places = slices.map(placeAlongNormal)
  const least = Math.min(...bounds(places))
  const spread = Math.max(...bounds(places)) - least
  const order: StackOrder =
    spread > 0.001 ? 'position' : slices.every(({ number }) => number !== null) ? 'instance' : 'name'
  const keyed = slices.map((slice, index) => ({ slice, place: places[index] ?? 0 }))
  keyed.sort(
    (left, right) =>
      (order === 'position' ? left.place - right.place : 0) ||
      (order === 'name' ? 0 : (left.slice.number ?? 0) - (right.slice.number ?? 0)) ||
      natural.compare(left.slice.name, right.slice.name) ||
      left.slice.frame - right.slice.frame,
  )
  return { order, sorted: keyed.map(({ slice }) => slice) }
}

/** Millimetres along the normal; null where the file does not tell. */
function placeAlongNormal({ position, orientation }: Slice): number | null {
  if (position?.length !== 3 || orientation?.length !== 6) return null
  const [px = 0, py = 0, pz = 0] = position
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = orientation
  return px * (ry * cz - rz * cy) + py * (rz * cx - rx * cz) + pz * (rx * cy - ry * cx)
}

/** Least and greatest place; [NaN] if a single slice has none, since a stack is ordered by one rule. */
function bounds(places: readonly (number | null)[]): number[] {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (const place of places) {
    if (place === null) return [Number.NaN]
    least = Math.min(least, place)
    greatest = Math.max(greatest, place)
  }
  return [least, greatest]
}
