import type { Point } from '#shared/domain/annotation/shape'

/** Length of a path: millimetres where the spacing of rows and columns is known, else null. */
export function lengthOf(points: readonly Point[], spacing: readonly [number, number] | null): number | null {
  if (!spacing) return null
  return points.slice(1).reduce((sum, [x, y], at) => {
    const [fromX, fromY] = points[at] ?? [x, y]
    return sum + Math.hypot((x - fromX) * spacing[1], (y - fromY) * spacing[0])
  }, 0)
}

/** Angle between two arms in degrees, in millimetres of the patient where pixels are not square. */
export function angleOf(
  [a, vertex, b]: readonly [Point, Point, Point],
  spacing: readonly [number, number] | null,
): number {
  const [down, across] = spacing ?? [1, 1]
  const arm = ([x, y]: Point) => [(x - vertex[0]) * across, (y - vertex[1]) * down] as const
  const [[ax, ay], [bx, by]] = [arm(a), arm(b)]
  const angle = Math.abs(Math.atan2(ax * by - ay * bx, ax * bx + ay * by))
  return (angle * 180) / Math.PI
}
