import { type PlacedImage, planeOf, type SlicePlane } from './slice-plane'
import { dot, minus } from './vector'

/** What a person should know of a stack before measuring across its slices. */
export type StackCaution =
  | { kind: 'orientations' | 'spacings' }
  /** Distances of neighbouring slices, in millimetres. */
  | { kind: 'distances'; least: number; most: number }
  /** Degrees between the way from slice to slice and the normal of the slices: a tilted gantry. */
  | { kind: 'tilt'; degrees: number }

/** Cosines of directions that still count as one: half a degree. */
const ONE_DIRECTION = 0.99996
/** Relative difference of spacings and of distances that still count as even. */
const EVEN_SPACING = 0.01
const EVEN_DISTANCE = 0.1
/** Slices nearer than this lie at one place: several times or echoes of it. */
const ONE_PLACE = 0.01
const LEAST_TILT = 0.5

/** The cautions of a stack; none where the places of its slices are unknown or all is regular. */
export function stackCautions(images: readonly PlacedImage[]): StackCaution[] {
  const planes = images.flatMap((image) => planeOf(image) ?? [])
  const [first] = planes
  if (!first || planes.length < 2) return []
  const cautions: StackCaution[] = []
  const alike = planes.every(
    ({ row, column }) => dot(row, first.row) > ONE_DIRECTION && dot(column, first.column) > ONE_DIRECTION,
  )
  if (!alike) cautions.push({ kind: 'orientations' })
  const stretched = planes.some(({ spacing }) =>
    spacing.some((value, axis) => Math.abs(value / (first.spacing[axis] ?? value) - 1) > EVEN_SPACING),
  )
  if (stretched) cautions.push({ kind: 'spacings' })
  return alike ? [...cautions, ...alongCautions(planes, first)] : cautions
}

function alongCautions(planes: readonly SlicePlane[], first: SlicePlane): StackCaution[] {
  const height = ({ origin }: SlicePlane) => dot(origin, first.normal)
  const sorted = [...planes].sort((left, right) => height(left) - height(right))
  const gaps = sorted
    .slice(1)
    .map((plane, before) => height(plane) - height(sorted[before] ?? plane))
    .filter((gap) => gap > ONE_PLACE)
  if (gaps.length === 0) return []
  const cautions: StackCaution[] = []
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)]
  if (most > least * (1 + EVEN_DISTANCE)) cautions.push({ kind: 'distances', least, most })
  const way = minus(sorted.at(-1)?.origin ?? first.origin, sorted[0]?.origin ?? first.origin)
  const degrees =
    (Math.acos(Math.min(1, Math.abs(dot(way, first.normal)) / Math.hypot(...way))) * 180) / Math.PI
  if (degrees > LEAST_TILT) cautions.push({ kind: 'tilt', degrees })
  return cautions
}
