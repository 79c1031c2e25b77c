import { z } from 'zod'
import { shape } from './shape'

/** Answers to the attributes that the label's schema asks for, by attribute key. */
export const attributeValues = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))
export type AttributeValues = z.infer<typeof attributeValues>

/** What a model proposed that an annotation began as: a finding, or a label that it called of the whole image. */
export const annotationOrigin = z.object({
  /** Null for a label of the whole image. */
  findingId: z.number().int().nullable(),
  /** The label that the model called of the whole image; absent for a finding. */
  said: z.string().optional(),
  lesionId: z.number().int().nullable(),
  runId: z.number().int(),
  modelId: z.string(),
  modelVersion: z.string(),
  score: z.number(),
})

/**
 * `drawn` by a person; `imported` from a file; what a model proposed is `accepted` as it was, `corrected`
 * in its label or its outline, or `rejected`, which keeps it for the record.
 */
export const annotationState = z.enum(['drawn', 'imported', 'accepted', 'corrected', 'rejected'])
export type AnnotationState = z.infer<typeof annotationState>

/** What a reader says of an image or of a study. */
export const annotation = z.object({
  id: z.uuid(),
  studyId: z.number().int(),
  /** Null for a tag of the study. */
  seriesId: z.number().int().nullable(),
  imageId: z.number().int().nullable(),
  /** Shared by the regions of one object on neighbouring slices. */
  objectId: z.uuid(),
  reader: z.string().min(1),
  /** Key of a label in the label schema. */
  label: z.string().min(1),
  shape,
  attributes: attributeValues,
  state: annotationState,
  origin: annotationOrigin.nullable(),
  /** Why it was rejected, or a remark. */
  note: z.string(),
  /** Counted up by every change; a change names the one it started from. */
  revision: z.number().int().nonnegative(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Annotation = z.infer<typeof annotation>

/** One reversible step: null before is a new annotation, null after one that is taken away. */
export const annotationChange = z.object({ before: annotation.nullable(), after: annotation.nullable() })
export type AnnotationChange = z.infer<typeof annotationChange>

/** What a person did, by name; the screen has a sentence for each. */
export const actionKind = z.enum([
  'draw',
  'edit',
  'move',
  'relabel',
  'describe',
  'remove',
  'copy',
  'interpolate',
  'split',
  'merge',
  'convert',
  'accept',
  'correct',
  'reject',
  'import',
])
export type ActionKind = z.infer<typeof actionKind>

/** Changes that are done and undone together. */
export const annotationAction = z.object({
  /** Made by the window that acts, so that an action sent twice is done once. */
  id: z.uuid(),
  studyId: z.number().int(),
  reader: z.string().min(1),
  kind: actionKind,
  changes: z.array(annotationChange).min(1),
})
export type AnnotationAction = z.infer<typeof annotationAction>
