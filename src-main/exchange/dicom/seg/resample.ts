import type { Rle } from '#shared/domain/finding'
import { encodeRle } from '#shared/geometry/rle'
import { inImage, inPatient, type SlicePlane } from '#shared/geometry/slice-plane'
import { dot, minus, plus, type Vector } from '#shared/geometry/vector'
import { heightOver, type PlacedImage } from '../read/stacks'

/** A mask where another program drew it. */
export interface DrawnPlane {
  plane: SlicePlane
  rows: number
  columns: number
  /** rows x columns, row by row, zero or not. */
  mask: Uint8Array
}

/** Where the set pixels of planes lie: a block in the patient. */
interface Extent {
  least: Vector
  most: Vector
}

/**
 * The planes of one segment as a mask of a slice that lies anywhere among them: each pixel takes the value of the
 * nearest drawn one, up to half a step outside the drawn stack. Null where nothing falls on the slice.
 * @param step millimetres from plane to plane
 */
export function resampled(planes: readonly DrawnPlane[], step: number, slice: PlacedImage): Rle | null {
  const [first] = planes
  const extent = extentOf(planes, step)
  if (!first || !extent || !meets(extent, slice)) return null
  const heights = planes.map(({ plane }) => heightOver(first.plane, plane.origin))
  const { rows, columns } = slice.image
  const pixels = new Uint8Array(rows * columns)
  let any = false
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = inPatient(slice.plane, column + 0.5, row + 0.5)
      if (!within(extent, place)) continue
      const drawn = planes[nearestAt(heights, heightOver(first.plane, place), step)]
      if (!drawn) continue
      const [x, y] = inImage(drawn.plane, place).map(Math.floor)
      if (x === undefined || y === undefined || x < 0 || y < 0 || x >= drawn.columns || y >= drawn.rows)
        continue
      if (drawn.mask[y * drawn.columns + x] === 0) continue
      pixels[row * columns + column] = 1
      any = true
    }
  }
  return any ? encodeRle(pixels, rows, columns) : null
}

/** Index of the plane that a height belongs to; -1 where it belongs to none. */
function nearestAt(heights: readonly number[], height: number, step: number): number {
  let found = -1
  let least = step / 2 + 1e-3
  heights.forEach((one, at) => {
    const off = Math.abs(one - height)
    if (off >= least) return
    least = off
    found = at
  })
  return found
}

function extentOf(planes: readonly DrawnPlane[], step: number): Extent | null {
  let least: Vector = [Infinity, Infinity, Infinity]
  let most: Vector = [-Infinity, -Infinity, -Infinity]
  const include = (place: Vector) => {
    least = [Math.min(least[0], place[0]), Math.min(least[1], place[1]), Math.min(least[2], place[2])]
    most = [Math.max(most[0], place[0]), Math.max(most[1], place[1]), Math.max(most[2], place[2])]
  }
  for (const { plane, rows, columns, mask } of planes) {
    let [left, top, right, bottom] = [columns, rows, 0, 0]
    for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
      const [x, y] = [at % columns, Math.floor(at / columns)]
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
    if (right <= left) continue
    for (const [x, y] of [
      [left, top],
      [right, top],
      [left, bottom],
      [right, bottom],
    ] as const) {
      const corner = inPatient(plane, x, y)
      include(plus(corner, plane.normal, step / 2))
      include(plus(corner, plane.normal, -step / 2))
    }
  }
  return least[0] <= most[0] ? { least, most } : null
}

const within = ({ least, most }: Extent, [x, y, z]: Vector): boolean =>
  x >= least[0] && x <= most[0] && y >= least[1] && y <= most[1] && z >= least[2] && z <= most[2]

/** Whether a plane passes through a block. */
function meets({ least, most }: Extent, { plane }: PlacedImage): boolean {
  let [below, above] = [Infinity, -Infinity]
  for (let corner = 0; corner < 8; corner++) {
    const place: Vector = [
      corner & 1 ? most[0] : least[0],
      corner & 2 ? most[1] : least[1],
      corner & 4 ? most[2] : least[2],
    ]
    const height = dot(minus(place, plane.origin), plane.normal)
    below = Math.min(below, height)
    above = Math.max(above, height)
  }
  return below <= 0 && above >= 0
}
