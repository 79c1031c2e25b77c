import { z } from 'zod'
import { fault } from './fault'

export const jobKind = z.enum([
  'import',
  'score',
  'export',
  'import-annotations',
  'deidentify',
  'fetch',
  'send',
  'check',
  'teach',
])
export type JobKind = z.infer<typeof jobKind>

/** `interrupted`: its process ended before it did; it can be resumed. */
export const jobState = z.enum(['waiting', 'running', 'paused', 'done', 'cancelled', 'failed', 'interrupted'])
export type JobState = z.infer<typeof jobState>

/** Long work as a person sees it: what, how far, how fast, what failed. */
export const job = z.object({
  id: z.number().int(),
  kind: jobKind,
  state: jobState,
  title: z.string(),
  /** Items in all; null while they are still being counted. */
  total: z.number().int().nullable(),
  /** Items that ended well, were left out with a reason, and failed. */
  done: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  /** Items per second over the last seconds; null when it is not running. */
  rate: z.number().nullable(),
  /** Seconds left at that rate. */
  remainingSeconds: z.number().nullable(),
  /** Model and provider of a scoring job, e.g. `sts-mr-lesion@1.0.0` and `cpu`. */
  model: z.string().nullable(),
  provider: z.string().nullable(),
  threshold: z.number().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Why the whole job could not go on. */
  fault: fault.nullable(),
})
export type Job = z.infer<typeof job>

export const jobItemState = z.enum(['waiting', 'done', 'skipped', 'failed'])

export const jobItem = z.object({
  id: z.number().int(),
  path: z.string(),
  frame: z.number().int().nullable(),
  imageId: z.number().int().nullable(),
  seriesId: z.number().int().nullable(),
  state: jobItemState,
  attempts: z.number().int(),
  fault: fault.nullable(),
})
export type JobItem = z.infer<typeof jobItem>
