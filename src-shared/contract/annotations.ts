import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { actionKind, annotation, annotationAction } from '../domain/annotation/annotation'
import { labelSchema } from '../domain/annotation/label-schema'
import { page, procedure } from './base'

const studyId = z.number().int()
const reader = z.string().trim().min(1).max(100)

/** How far undo and redo reach for a reader in a study. */
export const undoState = z.object({
  /** The action that undo would take back, and the one that redo would do again. */
  undo: actionKind.nullable(),
  redo: actionKind.nullable(),
})
export type UndoState = z.infer<typeof undoState>

/** What an action left in the library. */
export const applied = z.object({
  /** Of the last change, to watch from. */
  serial: z.number().int(),
  /** The annotations concerned, as they are stored now. */
  annotations: z.array(annotation),
  /** Ids of those that are not there any more. */
  removed: z.array(z.uuid()),
  undoable: undoState,
})
export type Applied = z.infer<typeof applied>

/** Changes since a serial; contents are as they are now, not as they were in between. */
export const annotationChanges = z.object({
  serial: z.number().int(),
  annotations: z.array(annotation),
  removed: z.array(z.uuid()),
  /** Who made them. */
  readers: z.array(z.string()),
})
export type AnnotationChanges = z.infer<typeof annotationChanges>

export const historyEntry = z.object({
  revision: z.number().int(),
  kind: actionKind,
  how: z.enum(['done', 'undone', 'redone']),
  reader: z.string(),
  changedAt: z.string(),
  /** As the change left it; null where it took it away. */
  annotation: annotation.nullable(),
})
export type HistoryEntry = z.infer<typeof historyEntry>

/** What a reader says of what a model proposed: findings, or labels that it called of whole images. */
export const decision = z.object({
  /** Made by the window, so that a decision sent twice is taken once. */
  id: z.uuid(),
  studyId,
  reader,
  findingIds: z.array(z.number().int()).max(50_000),
  classes: z
    .array(z.object({ predictionId: z.number().int(), label: z.string().min(1) }))
    .max(50_000)
    .optional(),
  verdict: z.enum(['accept', 'reject']),
  /** Another label than the model gave. */
  label: z.string().min(1).nullable().default(null),
  /** Why they are rejected. */
  note: z.string().max(2_000).default(''),
})
export type Decision = z.infer<typeof decision>

/** How a finding, or a label called of a whole image, was decided; without its shape. */
export const decided = z.object({
  /** Null for a label of a whole image. */
  findingId: z.number().int().nullable(),
  /** The image and the label that the model called of it; null for a finding. */
  said: z.object({ imageId: z.number().int(), label: z.string() }).nullable(),
  annotationId: z.uuid(),
  objectId: z.uuid(),
  reader: z.string(),
  label: z.string(),
  state: annotation.shape.state,
  note: z.string(),
})
export type Decided = z.infer<typeof decided>

export const schemaSummary = z.object({
  id: z.string(),
  version: z.number().int(),
  name: labelSchema.shape.name,
  labels: z.number().int(),
  createdAt: z.string(),
})
export type SchemaSummary = z.infer<typeof schemaSummary>

const listed = z.object({
  total: z.number().int(),
  /** Of the last change in the study, to watch from. */
  serial: z.number().int(),
  items: z.array(annotation),
})

export const annotationsContract = {
  /** Annotations of a study in the order in which they were made, tags of the study among them. */
  list: procedure
    .route({ method: 'GET', path: '/annotations/studies/{studyId}' })
    .input(
      page.extend({
        studyId,
        /** Of this series, and tags of the study. */
        seriesId: z.number().int().optional(),
        reader: z.string().optional(),
      }),
    )
    .output(listed),
  /** Annotations of some images and the tags of the study: for stacks too long to be listed whole. */
  ofImages: procedure
    .route({ method: 'POST', path: '/annotations/studies/{studyId}/images' })
    .input(z.object({ studyId, imageIds: z.array(z.number().int()).max(500) }))
    .output(listed.omit({ total: true })),
  /** Number of annotations of each image of a series that has any; rejected proposals do not count. */
  counts: procedure
    .route({ method: 'GET', path: '/annotations/series/{seriesId}/counts' })
    .input(z.object({ seriesId: z.number().int() }))
    .output(z.array(z.object({ imageId: z.number().int(), annotations: z.number().int() }))),
  /** How what a run proposed in a series was decided. */
  decided: procedure
    .route({ method: 'GET', path: '/annotations/series/{seriesId}/runs/{runId}' })
    .input(z.object({ seriesId: z.number().int(), runId: z.number().int() }))
    .output(z.array(decided)),
  apply: procedure
    .route({ method: 'POST', path: '/annotations/actions' })
    .input(annotationAction)
    .output(applied),
  decide: procedure.route({ method: 'POST', path: '/annotations/decisions' }).input(decision).output(applied),
  undo: procedure
    .route({ method: 'POST', path: '/annotations/studies/{studyId}/undo' })
    .input(z.object({ studyId, reader }))
    .output(applied.nullable()),
  redo: procedure
    .route({ method: 'POST', path: '/annotations/studies/{studyId}/redo' })
    .input(z.object({ studyId, reader }))
    .output(applied.nullable()),
  undoable: procedure
    .route({ method: 'GET', path: '/annotations/studies/{studyId}/undoable' })
    .input(z.object({ studyId, reader }))
    .output(undoState),
  history: procedure
    .route({ method: 'GET', path: '/annotations/{annotationId}/history' })
    .input(z.object({ annotationId: z.uuid() }))
    .output(z.array(historyEntry)),
  /** Changes after a serial, then each further one as it is made. */
  watch: procedure
    .input(z.object({ studyId, serial: z.number().int() }))
    .output(eventIterator(annotationChanges)),
  schemas: procedure.route({ method: 'GET', path: '/label-schemas' }).output(z.array(schemaSummary)),
  schema: procedure
    .route({ method: 'GET', path: '/label-schemas/{id}' })
    .input(z.object({ id: z.string(), version: z.number().int().optional() }))
    .output(labelSchema),
  saveSchema: procedure
    .route({ method: 'PUT', path: '/label-schemas' })
    .input(labelSchema)
    .output(labelSchema),
  /** The contents of a schema file. */
  importSchema: procedure
    .route({ method: 'POST', path: '/label-schemas/import' })
    .input(labelSchema)
    .output(labelSchema),
}
