import type { SeriesImage } from '#shared/contract/library'
import type { Annotation } from '#shared/domain/annotation/annotation'

/** What is one thing to a reader: a region, or regions of neighbouring slices. */
export interface AnnotatedObject {
  id: string
  /** By slice. */
  parts: readonly Annotation[]
  first: Annotation
  /** Places in the stack, from 0; null for tags of a study. */
  from: number | null
  to: number | null
}

/** Annotations as objects, by their first slice. */
export function objectsOf(
  annotations: readonly Annotation[],
  images: readonly SeriesImage[],
): AnnotatedObject[] {
  const placeOf = new Map(images.map(({ id }, at) => [id, at]))
  const place = ({ imageId }: Annotation) => (imageId === null ? -1 : (placeOf.get(imageId) ?? -1))
  return [...Map.groupBy(annotations, ({ objectId }) => objectId)]
    .flatMap(([id, own]): AnnotatedObject[] => {
      const parts = [...own].sort((left, right) => place(left) - place(right))
      const [first, last] = [parts[0], parts.at(-1)]
      if (!first || !last) return []
      const [from, to] = [place(first), place(last)]
      return [{ id, parts, first, from: from < 0 ? null : from, to: to < 0 ? null : to }]
    })
    .sort((left, right) => (left.from ?? -1) - (right.from ?? -1))
}
