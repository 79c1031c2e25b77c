import type { Point } from '../../domain/annotation/shape'

/** A line with fewer points, nowhere farther than `tolerance` from the old one (Douglas & Peucker 1973). */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
  const keep = new Uint8Array(points.length)
  if (points.length > 0) keep[0] = keep[points.length - 1] = 1
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span
    const [a, b] = [points[first], points[last]]
    if (!a || !b) continue
    let [farthest, distance] = [0, tolerance]
    for (let at = first + 1; at < last; at++) {
      const away = distanceToSegment(points[at] ?? a, a, b)
      if (away > distance) [farthest, distance] = [at, away]
    }
    if (farthest === 0) continue
    keep[farthest] = 1
    spans.push([first, farthest], [farthest, last])
  }
  return points.filter((_, at) => keep[at] === 1)
}

/** Distance of a point from the line between two others. */
export function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [wayX, wayY] = [bx - ax, by - ay]
  const squared = wayX * wayX + wayY * wayY
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * wayX + (y - ay) * wayY) / squared))
  return Math.hypot(x - ax - along * wayX, y - ay - along * wayY)
}
