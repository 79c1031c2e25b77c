import { create } from 'zustand'
import type { UndoState } from '#shared/contract/annotations'
import type { Annotation, AnnotationChange } from '#shared/domain/annotation/annotation'
import type { Fault } from '#shared/domain/fault'

/**
 * What became of the work: `saved` only after the answer; `saving` while one is on its way; `waiting` while the
 * server is away and actions are kept in this window.
 */
export type SaveState = 'saved' | 'saving' | 'waiting'

interface AnnotationsState {
  /** What is known here, actions that are not yet answered included. */
  byId: ReadonlyMap<string, Annotation>
  /** In the order in which they were made; null: of a study as a whole. */
  byImage: ReadonlyMap<number | null, readonly Annotation[]>
  /** By study: how far undo and redo reach. */
  undoable: ReadonlyMap<number, UndoState>
  save: SaveState
  /** Actions without an answer. */
  unsent: number
  /** Why the last action was not done; null once another was. */
  refused: Fault | null
}

export const useAnnotations = create<AnnotationsState>(() => ({
  byId: new Map(),
  byImage: new Map(),
  undoable: new Map(),
  save: 'saved',
  unsent: 0,
  refused: null,
}))

const none: readonly Annotation[] = []

export const annotationsOf = (imageId: number | null): readonly Annotation[] =>
  useAnnotations.getState().byImage.get(imageId) ?? none

/** Every annotation of an object, on whichever slice. */
export const objectOf = (objectId: string): Annotation[] =>
  [...useAnnotations.getState().byId.values()].filter((one) => one.objectId === objectId)

/** By study that is read blinded: the reader whose work alone is shown here. */
const blindFor = new Map<number, string>()

const isShown = ({ studyId, reader }: Annotation) => (blindFor.get(studyId) ?? reader) === reader

/** Shows only what one reader says of a study, or what everybody says (null; it is to be read again then). */
export function showOnly(studyId: number, reader: string | null): void {
  if (reader === null) blindFor.delete(studyId)
  else blindFor.set(studyId, reader)
  const hidden = [...useAnnotations.getState().byId.values()].filter((one) => !isShown(one))
  put(
    [],
    hidden.map(({ id }) => id),
  )
}

/** Takes in what is stored, or will be. */
export function put(stored: readonly Annotation[], removed: readonly string[] = []): void {
  const annotations = stored.filter(isShown)
  if (annotations.length === 0 && removed.length === 0) return
  useAnnotations.setState(({ byId, byImage }) => {
    const ids = new Map(byId)
    const images = new Map(byImage)
    const drop = (id: string) => {
      const before = ids.get(id)
      if (!before) return
      ids.delete(id)
      const left = (images.get(before.imageId) ?? none).filter((one) => one.id !== id)
      images.set(before.imageId, left)
    }
    for (const id of removed) drop(id)
    for (const [imageId, own] of Map.groupBy(annotations, (one) => one.imageId)) {
      const changed = new Map(own.map((one) => [one.id, one]))
      const there = images.get(imageId) ?? none
      const kept = there.map((one) => changed.get(one.id) ?? one)
      const known = new Set(there.map(({ id }) => id))
      images.set(imageId, [...kept, ...own.filter(({ id }) => !known.has(id))])
      for (const one of own) ids.set(one.id, one)
    }
    return { byId: ids, byImage: images }
  })
}

/** Shows changes before they are answered. */
export const putChanges = (changes: readonly AnnotationChange[]) =>
  put(
    changes.map(({ after }) => after).filter((one) => one !== null),
    changes.flatMap(({ before, after }) => (before && !after ? [before.id] : [])),
  )
