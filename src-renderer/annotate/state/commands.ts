import type {
  ActionKind,
  Annotation,
  AnnotationChange,
  AttributeValues,
} from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import type { Rle } from '#shared/domain/finding'
import { areaOfRle } from '#shared/geometry/rle'
import { interpolateMasks } from '#shared/geometry/shapes/interpolate'
import { fillHoles, splitMask, union } from '#shared/geometry/shapes/mask-algebra'
import { outlineOf } from '#shared/geometry/shapes/outline'
import { maskOf } from '#shared/geometry/shapes/parts'
import { perform } from '../sync/queue'

/** Where a person draws: the image, its stack, and in whose name. */
export interface Desk {
  studyId: number
  seriesId: number
  reader: string
  image: { id: number; rows: number; columns: number }
}

const act = (desk: Pick<Desk, 'studyId' | 'reader'>, kind: ActionKind, changes: AnnotationChange[]) => {
  const { studyId, reader } = desk
  if (changes.length > 0) perform({ id: crypto.randomUUID(), studyId, reader, kind, changes })
}

/** What a model proposed and a person changes is corrected from then on. */
const stateAfterEdit = ({ state }: Annotation) => (state === 'accepted' ? 'corrected' : state)

const changed = (before: Annotation, after: Partial<Annotation>): AnnotationChange => ({
  before,
  after: { ...before, ...after, revision: before.revision + 1, updatedAt: new Date().toISOString() },
})

const drawn = (desk: Desk, label: string, shape: Shape, objectId: string): Annotation => {
  const now = new Date().toISOString()
  return {
    id: crypto.randomUUID(),
    studyId: desk.studyId,
    seriesId: desk.seriesId,
    imageId: desk.image.id,
    objectId,
    reader: desk.reader,
    label,
    shape,
    attributes: {},
    state: 'drawn',
    origin: null,
    note: '',
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
}

/** Draws something new; as part of an object that is on other slices, or as one of its own. Answers the object. */
export function draw(
  desk: Desk,
  label: string,
  shape: Shape,
  objectId: string = crypto.randomUUID(),
): string {
  act(desk, 'draw', [{ before: null, after: drawn(desk, label, shape, objectId) }])
  return objectId
}

/** Says something of the image, or of the whole study. */
export function tag(desk: Desk, label: string, of: 'image' | 'study'): void {
  const one = drawn(desk, label, { kind: 'tag' }, crypto.randomUUID())
  act(desk, 'draw', [
    { before: null, after: of === 'image' ? one : { ...one, imageId: null, seriesId: null } },
  ])
}

export const reshape = (
  desk: Desk,
  before: Annotation,
  shape: Shape,
  kind: 'edit' | 'move' | 'convert' = 'edit',
) => act(desk, kind, [changed(before, { shape, state: stateAfterEdit(before) })])

export const remove = (desk: Pick<Desk, 'studyId' | 'reader'>, annotations: readonly Annotation[]) =>
  act(
    desk,
    'remove',
    annotations.map((before) => ({ before, after: null })),
  )

export const relabel = (
  desk: Pick<Desk, 'studyId' | 'reader'>,
  annotations: readonly Annotation[],
  label: string,
) =>
  act(
    desk,
    'relabel',
    annotations
      .filter((one) => one.label !== label)
      .map((one) => changed(one, { label, state: stateAfterEdit(one) })),
  )

export const describe = (
  desk: Pick<Desk, 'studyId' | 'reader'>,
  annotations: readonly Annotation[],
  said: { note: string } | { attributes: AttributeValues },
) =>
  act(
    desk,
    'describe',
    annotations.map((one) => changed(one, said)),
  )

/** The same shape on another image of the stack, as part of the same object; in the place of what it has there. */
export function copyTo(desk: Desk, annotations: readonly Annotation[], there: readonly Annotation[]): void {
  const changes = annotations.map(({ label, shape, objectId, attributes }): AnnotationChange => {
    const before = there.find((one) => one.objectId === objectId && one.shape.kind === shape.kind)
    if (before) return changed(before, { shape })
    return { before: null, after: { ...drawn(desk, label, shape, objectId), attributes } }
  })
  act(desk, 'copy', changes)
}

const area = ({ shape }: Annotation, { rows, columns }: Desk['image']): Rle | null =>
  shape.kind === 'tag' || shape.kind === 'point' || shape.kind === 'line' || shape.kind === 'angle'
    ? null
    : maskOf(shape, rows, columns)

/** A slice of the stack, in order. */
export interface Slice {
  id: number
  rows: number
  columns: number
  geometry: { spacing: readonly [number, number] | null } | null
}

/** Fills the slices between those on which an object was drawn. Answers how many. */
export function interpolate(desk: Desk, object: readonly Annotation[], slices: readonly Slice[]): number {
  const byImage = new Map(object.map((one) => [one.imageId, one]))
  const keys = slices.flatMap((slice, at) => {
    const one = byImage.get(slice.id)
    const mask = one && area(one, slice)
    return one && mask ? [{ at, one, mask }] : []
  })
  const changes = keys.flatMap((from, key): AnnotationChange[] => {
    const to = keys[key + 1]
    if (!to) return []
    return slices.slice(from.at + 1, to.at).flatMap((slice, step) => {
      const share = (step + 1) / (to.at - from.at)
      const mask = interpolateMasks(from.mask, to.mask, share, slice.geometry?.spacing ?? [1, 1])
      if (areaOfRle(mask) === 0) return []
      const { label, objectId, attributes } = from.one
      const after = drawn({ ...desk, image: slice }, label, { kind: 'mask', mask }, objectId)
      return [{ before: null, after: { ...after, attributes } }]
    })
  })
  act(desk, 'interpolate', changes)
  return changes.length
}

/** Regions that do not touch become objects of their own; the largest stays what it was. Answers their number. */
export function split(desk: Desk, one: Annotation): number {
  const mask = area(one, desk.image)
  const [first, ...others] = mask ? splitMask(mask).sort((a, b) => areaOfRle(b) - areaOfRle(a)) : []
  if (!first || others.length === 0) return 1
  act(desk, 'split', [
    changed(one, { shape: { kind: 'mask', mask: first }, state: stateAfterEdit(one) }),
    ...others.map((part) => ({
      before: null,
      after: drawn(desk, one.label, { kind: 'mask', mask: part } as const, crypto.randomUUID()),
    })),
  ])
  return others.length + 1
}

/** Several objects become the first of them; where two lie on one image, their areas are joined. */
export function merge(desk: Desk, annotations: readonly Annotation[], slices: readonly Slice[]): void {
  const [first] = annotations
  if (!first) return
  const size = new Map(slices.map((slice) => [slice.id, slice]))
  const changes = [...Map.groupBy(annotations, ({ imageId }) => imageId)].flatMap(
    ([imageId, own]): AnnotationChange[] => {
      const image = imageId === null ? undefined : size.get(imageId)
      const [kept, ...others] = own
      if (!kept) return []
      const masks = image ? own.map((one) => area(one, image)).filter((mask) => mask !== null) : []
      const same = { objectId: first.objectId, label: first.label, state: stateAfterEdit(kept) }
      if (others.length === 0) return kept.objectId === first.objectId ? [] : [changed(kept, same)]
      if (masks.length < own.length)
        return own.filter((one) => one.objectId !== first.objectId).map((one) => changed(one, same))
      const [mask, ...more] = masks
      if (!mask) return []
      const whole = more.reduce(union, mask)
      return [
        changed(kept, { ...same, shape: { kind: 'mask', mask: whole } }),
        ...others.map((before) => ({ before, after: null })),
      ]
    },
  )
  act(desk, 'merge', changes)
}

export function closeHoles(desk: Desk, one: Annotation): void {
  const mask = area(one, desk.image)
  if (mask) reshape(desk, one, { kind: 'mask', mask: fillHoles(mask) })
}

/** A mask as polygons along its pixels and back again, without any drift; other areas become masks. */
export function convert(desk: Desk, one: Annotation): void {
  const { shape } = one
  if (shape.kind === 'mask') {
    reshape(desk, one, { kind: 'polygon', parts: outlineOf(shape.mask) }, 'convert')
    return
  }
  const mask = area(one, desk.image)
  if (mask) reshape(desk, one, { kind: 'mask', mask }, 'convert')
}
