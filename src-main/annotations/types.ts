import type {
  AnnotationChanges,
  Applied,
  Decided,
  Decision,
  HistoryEntry,
  SchemaSummary,
  UndoState,
} from '#shared/contract/annotations'
import type { Annotation, AnnotationAction } from '#shared/domain/annotation/annotation'
import type { LabelSchema } from '#shared/domain/annotation/label-schema'
import type { FrameGeometry } from '#shared/domain/image'

/** An image with what readers say of it; images without annotations have an empty list. */
export interface AnnotatedImage {
  imageId: number
  instanceId: number
  seriesId: number
  studyId: number
  /** Place in the stack of its series, from 0. */
  ordinal: number
  /** Frame within its file, from 0. */
  frame: number
  rows: number
  columns: number
  geometry: FrameGeometry | null
  /** In the order in which they were made. */
  annotations: Annotation[]
}

export interface AnnotatedStudy {
  studyId: number
  /** What is said of the study as a whole. */
  tags: Annotation[]
  /** Every image of the study, by series and place in the stack. */
  images: AnnotatedImage[]
}

/** Narrows what is asked for; without it everything but rejected proposals. */
export interface AnnotationQuery {
  /** Of these readers only. */
  readers?: readonly string[] | undefined
  /** Of these labels only. */
  labels?: readonly string[] | undefined
  /** Proposals that were rejected, too. */
  rejected?: boolean | undefined
}

/** What readers said: kept as reversible actions, each on the disk before it is answered. */
export interface Annotations {
  /** @throws NOT_FOUND */
  forStudy(studyId: number, query?: AnnotationQuery): AnnotatedStudy
  /** Every image of a series in stack order. @throws NOT_FOUND */
  forSeries(seriesId: number, query?: AnnotationQuery): AnnotatedImage[]
  /** In the order asked for; images that are gone are left out. */
  forImages(imageIds: readonly number[], query?: AnnotationQuery): AnnotatedImage[]

  /**
   * Does an action whole or not at all; one that was done before, by its id, is not done again.
   * @throws INPUT_INVALID for shapes that cannot be, NOT_FOUND, ANNOTATION_CHANGED naming who changed what
   */
  apply(action: AnnotationAction): Applied
  /**
   * Takes findings of a model over, or rejects them; findings decided before by this reader are decided anew.
   * @throws NOT_FOUND, ANNOTATION_CHANGED
   */
  decide(decision: Decision): Applied
  /** Takes back the reader's last action in a study; null where there is none. @throws ANNOTATION_CHANGED */
  undo(studyId: number, reader: string): Applied | null
  /** Does again what was taken back last; null where there is none. @throws ANNOTATION_CHANGED */
  redo(studyId: number, reader: string): Applied | null
  /** How an annotation came to be as it is, oldest first. @throws NOT_FOUND */
  history(annotationId: string): HistoryEntry[]
  /** What changed after a serial, now and from now on, by this process or another one that shares the library. */
  watch(studyId: number, serial: number, signal?: AbortSignal): AsyncGenerator<AnnotationChanges>

  /** The newest version of each label schema. */
  schemas(): SchemaSummary[]
  /** The newest version, or the one asked for. @throws NOT_FOUND */
  schema(id: string, version?: number): LabelSchema
  /**
   * Saves a schema as the next version.
   * @throws ANNOTATION_CHANGED if `version` is not the newest one: somebody else has saved meanwhile
   */
  saveSchema(schema: LabelSchema): LabelSchema
  /** Takes in a schema from a file: as it is, or as the next version of the one it shares its id with. */
  importSchema(schema: LabelSchema): LabelSchema
}

export interface ListQuery {
  studyId: number
  /** Of this series, and tags of the study. */
  seriesId?: number | undefined
  reader?: string | undefined
  offset: number
  limit: number
}

/** The service with the lists that only the screens ask for. */
export interface AnnotationService extends Annotations {
  list(query: ListQuery): { total: number; serial: number; items: Annotation[] }
  /** Everything said of some images, and of the study itself. */
  ofImages(studyId: number, imageIds: readonly number[]): { serial: number; items: Annotation[] }
  /** Number of annotations of each image of a series that has any; rejected proposals do not count. */
  counts(seriesId: number): { imageId: number; annotations: number }[]
  /** How findings of a run in a series were decided. */
  decided(seriesId: number, runId: number): Decided[]
  undoable(studyId: number, reader: string): UndoState
}
