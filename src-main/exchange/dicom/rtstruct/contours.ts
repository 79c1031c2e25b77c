import type { Ring } from '#shared/domain/annotation/shape'
import type { Rle } from '#shared/domain/finding'
import { encodeRle } from '#shared/geometry/rle'
import { fillParts } from '#shared/geometry/shapes/fill'
import { inImage } from '#shared/geometry/slice-plane'
import type { Vector } from '#shared/geometry/vector'
import { heightOver, type PlacedImage, type Stack } from '../read/stacks'

/** A closed contour of one structure, in the patient. */
export interface Contour {
  points: readonly Vector[]
}

/** Contours that lie in one plane. */
interface Level {
  /** Along the normal of the stack. */
  height: number
  contours: Contour[]
}

/** Two contours lie in one plane if they are closer than this, in millimetres. */
const SAME_LEVEL = 0.02

/**
 * The pixels whose centres lie within closed contours, slice by slice. Contours of one plane are taken together by the
 * even-odd rule, so that a contour within another is a hole; a keyhole is a contour that cuts into itself. Contours
 * count halfway to the next plane of contours: a structure drawn on every other slice has no gaps.
 */
export function masksOf(contours: readonly Contour[], stack: Stack): { slice: PlacedImage; mask: Rle }[] {
  const first = stack.slices[0]
  if (!first) return []
  const levels = levelsOf(contours, first)
  const reach = reachOf(levels, stack.distance)
  return stack.slices.flatMap((slice) => {
    const height = heightOver(first.plane, slice.plane.origin)
    const level = nearestLevel(levels, height, reach)
    const mask = level ? fill(level, slice) : null
    return mask ? { slice, mask } : []
  })
}

/** How far a contour's points leave its plane, in millimetres along the normal of the stack. */
export function unevenness({ points }: Contour, { slices }: Stack): number {
  const plane = slices[0]?.plane
  if (!plane) return 0
  const heights = points.map((point) => heightOver(plane, point))
  return Math.max(...heights) - Math.min(...heights)
}

function levelsOf(contours: readonly Contour[], { plane }: PlacedImage): Level[] {
  const levels: Level[] = []
  const placed = contours.flatMap((contour) => {
    const [point] = contour.points
    return point ? { contour, height: heightOver(plane, point) } : []
  })
  for (const { contour, height } of placed.sort((a, b) => a.height - b.height)) {
    const last = levels.at(-1)
    if (last && height - last.height <= SAME_LEVEL) last.contours.push(contour)
    else levels.push({ height, contours: [contour] })
  }
  return levels
}

/** Half the usual distance of contours, at least half that of slices. */
function reachOf(levels: readonly Level[], distance: number): number {
  const steps = levels
    .slice(1)
    .map(({ height }, at) => height - (levels[at]?.height ?? height))
    .sort((a, b) => a - b)
  const usual = steps[Math.floor(steps.length / 2)] ?? distance
  return Math.max(usual, distance) / 2 + 1e-3
}

function nearestLevel(levels: readonly Level[], height: number, reach: number): Level | null {
  let found: Level | null = null
  let least = reach
  for (const level of levels) {
    const off = Math.abs(level.height - height)
    if (off >= least) continue
    least = off
    found = level
  }
  return found
}

function fill({ contours }: Level, { image, plane }: PlacedImage): Rle | null {
  const { rows, columns } = image
  const rings = contours.map(({ points }): Ring => points.map((point) => inImage(plane, point)))
  const pixels = new Uint8Array(rows * columns)
  fillParts(pixels, rows, columns, [rings])
  return pixels.includes(1) ? encodeRle(pixels, rows, columns) : null
}
