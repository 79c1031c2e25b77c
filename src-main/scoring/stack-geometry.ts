import type { FrameGeometry } from '#shared/domain/image'

/** Two slices lie in one volume if they are parallel, of one orientation to this cosine. */
const PARALLEL = 0.999
/** A step longer than this many usual steps is a gap: what lies between was never seen. */
const GAP = 1.5
/** Slices closer than this, in millimetres, show the same place (at another time, say). */
const SAME_PLACE_MM = 0.01

type Vector = readonly [number, number, number]

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** How the slices of a stack follow one another in space. */
export interface StackSteps {
  /** Distance to the slice before, in millimetres along the normal; null for the first and where unknown. */
  steps: (number | null)[]
  /** The usual distance between slices, else their thickness; null where neither is known. */
  sliceDistance: number | null
}

/** Distances between the slices of a stack, in stack order. */
export function stackSteps(stack: readonly (FrameGeometry | null)[]): StackSteps {
  const steps = stack.map((slice, place) =>
    place === 0 ? null : stepBetween(stack[place - 1] ?? null, slice),
  )
  const known = steps.filter((step): step is number => step !== null && step > SAME_PLACE_MM)
  const thickness = stack.find((slice) => slice?.thickness)?.thickness ?? null
  return { steps, sliceDistance: median(known) ?? thickness }
}

/** Whether the slice at `place` continues the one before it, so that regions of both may be one lesion. */
export function continues(
  stack: readonly (FrameGeometry | null)[],
  { steps, sliceDistance }: StackSteps,
  place: number,
  /** What to assume of slices that do not tell where they lie. */
  unplaced: boolean,
): boolean {
  const [before, here] = [stack[place - 1] ?? null, stack[place] ?? null]
  if (!before?.position && !here?.position) return place > 0 && unplaced
  const step = steps[place] ?? null
  return step !== null && step > SAME_PLACE_MM && step <= (sliceDistance ?? step) * GAP
}

function stepBetween(a: FrameGeometry | null, b: FrameGeometry | null): number | null {
  if (!a?.position || !b?.position) return null
  const [normal, other] = [normalOf(a), normalOf(b)]
  if (!normal || !other || dot(normal, other) < PARALLEL) return null
  const [p, q] = [a.position, b.position]
  return Math.abs(dot([q[0] - p[0], q[1] - p[1], q[2] - p[2]], normal))
}

function normalOf({ orientation }: FrameGeometry): Vector | null {
  if (!orientation) return null
  const [a, b, c, d, e, f] = orientation
  return [b * f - c * e, c * d - a * f, a * e - b * d]
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[half]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
