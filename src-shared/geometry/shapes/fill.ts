import type { Ring } from '../../domain/annotation/shape'

/**
 * Sets the pixels (rows x columns, row by row) whose centres lie within any of the parts; a part is an outer ring
 * with its holes, filled by the even-odd rule. What lies outside the image is cut off.
 */
export function fillParts(
  into: { [index: number]: number },
  rows: number,
  columns: number,
  parts: readonly (readonly Ring[])[],
  value = 1,
): void {
  for (const rings of parts) fillPart(into, rows, columns, rings, value)
}

function fillPart(
  into: { [index: number]: number },
  rows: number,
  columns: number,
  rings: readonly Ring[],
  value: number,
): void {
  const crossings = new Map<number, number[]>()
  for (const ring of rings) {
    ring.forEach(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length] ?? [x0, y0]
      const [top, bottom] = y0 < y1 ? [y0, y1] : [y1, y0]
      const first = Math.max(0, Math.ceil(top - 0.5))
      const last = Math.min(rows - 1, Math.ceil(bottom - 0.5) - 1)
      for (let row = first; row <= last; row++) {
        const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0)
        const here = crossings.get(row)
        if (here) here.push(x)
        else crossings.set(row, [x])
      }
    })
  }
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(0, Math.ceil((xs[i] ?? 0) - 0.5))
      const to = Math.min(columns, Math.ceil((xs[i + 1] ?? 0) - 0.5))
      for (let column = from; column < to; column++) into[row * columns + column] = value
    }
  }
}
