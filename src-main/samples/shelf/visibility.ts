import type { Box } from '#shared/domain/finding'
import type { Pixel } from './camera'

/** Which thing is seen at each pixel of a photograph, after things were put before each other. */
export interface Visibility {
  /** Covers the convex hull of some pixels with thing number `id` (from 1; 0 is nothing to be counted). */
  cover(points: readonly Pixel[], id: number): void
  /** What is seen of each thing; things that are hidden altogether are missing. */
  seen(): Map<number, Seen>
}

export interface Seen {
  /** Share of the whole outline, what lies beyond the photograph included. */
  visible: number
  box: Box
}

export function visibilityMap(width: number, height: number): Visibility {
  const owner = new Uint16Array(width * height)
  const areas = new Map<number, number>()
  return {
    cover(points, id) {
      const hull = convexHull(points)
      areas.set(id, area(hull))
      const top = Math.max(0, Math.ceil(Math.min(...hull.map(([, y]) => y))))
      const foot = Math.min(height - 1, Math.floor(Math.max(...hull.map(([, y]) => y))))
      for (let y = top; y <= foot; y++) {
        const [left, right] = span(hull, y)
        const from = Math.max(0, Math.ceil(left))
        const to = Math.min(width - 1, Math.floor(right))
        if (from <= to) owner.fill(id, y * width + from, y * width + to + 1)
      }
    },
    seen() {
      const counts = new Map<
        number,
        { left: number; right: number; top: number; foot: number; pixels: number }
      >()
      owner.forEach((id, at) => {
        if (id === 0) return
        const x = at % width
        const y = Math.floor(at / width)
        const count = counts.get(id)
        if (count === undefined) {
          counts.set(id, { left: x, right: x, top: y, foot: y, pixels: 1 })
          return
        }
        if (x < count.left) count.left = x
        if (x > count.right) count.right = x
        count.foot = y
        count.pixels++
      })
      return new Map(
        [...counts].map(([id, { left, right, top, foot, pixels }]) => [
          id,
          {
            visible: Math.min(1, pixels / (areas.get(id) ?? pixels)),
            box: [left, top, right - left + 1, foot - top + 1],
          },
        ]),
      )
    },
  }
}

/** Where a convex outline begins and ends on a row. */
function span(hull: readonly Pixel[], y: number): [number, number] {
  let left = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  hull.forEach(([x0, y0], i) => {
    const [x1, y1] = hull[(i + 1) % hull.length] ?? [x0, y0]
    if (Math.min(y0, y1) > y || Math.max(y0, y1) < y) return
    const x = y0 === y1 ? x0 : x0 + ((x1 - x0) * (y - y0)) / (y1 - y0)
    left = Math.min(left, x)
    right = Math.max(right, x)
  })
  return [left, right]
}

function area(hull: readonly Pixel[]): number {
  let twice = 0
  hull.forEach(([x0, y0], i) => {
    const [x1, y1] = hull[(i + 1) % hull.length] ?? [x0, y0]
    twice += x0 * y1 - x1 * y0
  })
  return Math.abs(twice) / 2
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Pixel[]): Pixel[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const chain = (along: readonly Pixel[]) => {
    const kept: Pixel[] = []
    for (const point of along) {
      while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop()
      kept.push(point)
    }
    return kept.slice(0, -1)
  }
  return [...chain(sorted), ...chain(sorted.toReversed())]
}

function turn(a: Pixel | undefined, b: Pixel | undefined, c: Pixel): number {
  if (a === undefined || b === undefined) return 1
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
