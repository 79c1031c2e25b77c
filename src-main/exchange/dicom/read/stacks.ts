import { LeptonError } from '#shared/domain/fault'
import { planeOf, type SlicePlane, sliceDistance } from '#shared/geometry/slice-plane'
import { dot, minus, type Vector } from '#shared/geometry/vector'
import type { ImageFinder, ImageIdentity } from '../../types'

/** An image with its place in the patient. */
export interface PlacedImage {
  image: ImageIdentity
  plane: SlicePlane
}

/** The slices of a series that say where they lie, in stack order. */
export interface Stack {
  slices: readonly PlacedImage[]
  /** Millimetres from slice to slice. */
  distance: number
}

/**
 * The stack that an object of another program is about: the one it names, else one that shares its frame of reference
 * and holds most of what is drawn. @throws NOT_FOUND naming what was looked for
 */
export function stackFor(
  find: ImageFinder,
  { series, frameOfReference }: { series: readonly string[]; frameOfReference: string | null },
  points: readonly Vector[],
): Stack {
  const named = series.flatMap((uid) => find.bySeries(uid))
  const shared =
    named.length > 0 || frameOfReference === null ? [] : find.byFrameOfReference(frameOfReference)
  const stacks = [...named, ...shared].flatMap((images) => stackOf(images) ?? [])
  const best = stacks
    .map((stack) => ({ stack, within: points.filter((point) => nearest(stack, point)).length }))
    .sort((a, b) => b.within - a.within)[0]
  if (best) return best.stack
  throw new LeptonError('NOT_FOUND', {
    expected: 'the series it belongs to in the library',
    received: [...series, frameOfReference].filter(Boolean).join(', ') || 'no series named',
    remedy: 'Take in its images first.',
  })
}

export function stackOf(images: readonly ImageIdentity[]): Stack | null {
  const slices = images.flatMap((image) => {
    const plane = planeOf(image)
    return plane ? { image, plane } : []
  })
  const thickness = images[0]?.geometry?.thickness ?? 1
  return slices.length === 0 ? null : { slices, distance: sliceDistance(images) ?? thickness }
}

/** The slice that a place in the patient lies in; null where it lies in none. */
export function nearest({ slices, distance }: Stack, place: Vector): PlacedImage | null {
  let found: PlacedImage | null = null
  let least = distance / 2 + 1e-3
  for (const slice of slices) {
    const off = Math.abs(heightOver(slice.plane, place))
    if (off > least) continue
    least = off
    found = slice
  }
  return found
}

/** Millimetres along the normal of a slice. */
export const heightOver = ({ origin, normal }: SlicePlane, place: Vector): number =>
  dot(minus(place, origin), normal)
