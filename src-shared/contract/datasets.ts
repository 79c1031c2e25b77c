import { z } from 'zod'
import { schemaLabel } from '../domain/annotation/label-schema'
import { checkFinding, checkKind } from '../domain/data-set/check'
import { comparison } from '../domain/data-set/comparison'
import { dataSetQuestion } from '../domain/data-set/question'
import { split, splitRecipe } from '../domain/data-set/split'
import { dataSetStatistics } from '../domain/data-set/statistics'
import { page, procedure } from './base'

const id = z.number().int()
export const dataSetName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u, 'letters, digits, spaces, dots and dashes')

export const dataSetVersion = z.object({
  id,
  number: z.number().int(),
  /** SHA-256 over images and annotations. */
  hash: z.string(),
  images: z.number().int(),
  annotations: z.number().int(),
  labels: z.array(schemaLabel.pick({ key: true, name: true, colour: true })),
  note: z.string(),
  frozenAt: z.string(),
})
export type DataSetVersion = z.infer<typeof dataSetVersion>

export const dataSet = z.object({
  id,
  name: z.string(),
  question: dataSetQuestion,
  schemaId: z.string().nullable(),
  /** What the question finds now, without what was excluded. */
  images: z.number().int(),
  annotated: z.number().int(),
  excluded: z.number().int(),
  /** A picture for its card. */
  coverImageId: id.nullable(),
  newest: dataSetVersion.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type DataSet = z.infer<typeof dataSet>

/** A picture of a data set as a tile. */
export const dataSetPicture = z.object({
  imageId: id,
  studyId: id,
  seriesId: id,
  ordinal: z.number().int(),
  name: z.string(),
  subject: z.string(),
  labels: z.array(z.string()),
  excluded: z.boolean(),
})
export type DataSetPicture = z.infer<typeof dataSetPicture>

/** Narrows the pictures to those behind a bar or a cell of the statistics. */
export const pictureFilter = z.object({
  label: z.string().optional(),
  reader: z.string().optional(),
  device: z.string().optional(),
  sex: z.string().optional(),
  age: z.string().optional(),
  subject: z.string().optional(),
  size: z.string().optional(),
  kind: z.string().optional(),
  state: z.string().optional(),
  /** Step of `shapeSizes`. */
  shape: z.string().optional(),
  /** Cell of the heat map. */
  cell: z.number().int().min(0).optional(),
  excluded: z.boolean().optional(),
})
export type PictureFilter = z.infer<typeof pictureFilter>

/** What became other between two versions; at most some hundred are named. */
export const versionDiff = z.object({
  from: z.number().int(),
  to: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  labels: z.array(z.object({ label: z.string(), before: z.number().int(), after: z.number().int() })),
  images: z.array(
    z.object({
      imageId: id,
      name: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      /** Annotations that came, went, and were edited. */
      annotations: z.object({ added: z.number().int(), removed: z.number().int(), edited: z.number().int() }),
    }),
  ),
})
export type VersionDiff = z.infer<typeof versionDiff>

export const queueStrategy = z.enum(['uncertainty', 'diversity', 'disagreement', 'mixed'])
export type QueueStrategy = z.infer<typeof queueStrategy>

export const queueItem = dataSetPicture.extend({
  /** From 0 to 1, the greater the sooner. */
  worth: z.number(),
  reason: z.object({
    kind: z.enum(['uncertain', 'far', 'readers', 'runs']),
    /** Score next to the operating point, distance to what is labelled, share of disagreement. */
    value: z.number(),
    label: z.string().nullable(),
  }),
})
export type QueueItem = z.infer<typeof queueItem>

const findingCount = z.object({ kind: checkKind, open: z.number().int(), dismissed: z.number().int() })

const set = z.object({ dataSetId: id })
const draft = z.object({
  name: dataSetName,
  question: dataSetQuestion,
  schemaId: z.string().nullable().default(null),
})

export const datasetsContract = {
  list: procedure.route({ method: 'GET', path: '/datasets' }).output(z.array(dataSet)),
  get: procedure.route({ method: 'GET', path: '/datasets/{dataSetId}' }).input(set).output(dataSet),
  create: procedure.route({ method: 'POST', path: '/datasets' }).input(draft).output(dataSet),
  update: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}' })
    .input(draft.extend({ dataSetId: id }))
    .output(dataSet),
  /** Forgets the set and its versions; pictures and annotations stay. */
  remove: procedure
    .route({ method: 'DELETE', path: '/datasets/{dataSetId}' })
    .input(set)
    .output(z.object({})),
  /** How many pictures a question finds, before it is saved. */
  ask: procedure
    .route({ method: 'POST', path: '/datasets/ask' })
    .input(z.object({ question: dataSetQuestion }))
    .output(z.object({ images: z.number().int(), annotated: z.number().int(), subjects: z.number().int() })),
  /** What questions can be about: labels and readers that there are. */
  choices: procedure
    .route({ method: 'GET', path: '/datasets/choices' })
    .output(z.object({ labels: z.array(z.string()), readers: z.array(z.string()) })),
  pictures: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/pictures' })
    .input(page.extend({ dataSetId: id, filter: pictureFilter.default({}) }))
    .output(z.object({ total: z.number().int(), items: z.array(dataSetPicture) })),
  exclude: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/exclude' })
    .input(set.extend({ imageIds: z.array(id).min(1).max(100_000), reason: z.string().max(500).default('') }))
    .output(z.object({ excluded: z.number().int() })),
  include: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/include' })
    .input(set.extend({ imageIds: z.array(id).min(1).max(100_000) }))
    .output(z.object({ included: z.number().int() })),
  /** Keeps what the set holds now as the next version; without a change the newest one is given back. */
  freeze: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/freeze' })
    .input(set.extend({ note: z.string().max(2000).default('') }))
    .output(dataSetVersion),
  versions: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/versions' })
    .input(set)
    .output(z.array(dataSetVersion)),
  /** `to` 0: what the set holds now. */
  diff: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/diff' })
    .input(set.extend({ from: z.number().int().positive(), to: z.number().int().min(0) }))
    .output(versionDiff),
  split: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/versions/{version}/split' })
    .input(set.extend({ version: z.number().int().positive(), recipe: splitRecipe }))
    .output(split),
  splits: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/versions/{version}/splits' })
    .input(set.extend({ version: z.number().int().positive() }))
    .output(z.array(split)),
  /** A person takes the leaks of a split upon themselves; it can be exported then. */
  acknowledge: procedure
    .route({ method: 'POST', path: '/datasets/splits/{splitId}/acknowledge' })
    .input(z.object({ splitId: id }))
    .output(split),
  /** Starts the job that measures the pictures and looks for what is wrong. */
  check: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/check' })
    .input(set)
    .output(z.object({ jobId: id })),
  findings: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/findings' })
    .input(page.extend({ dataSetId: id, kind: checkKind.optional() }))
    .output(
      z.object({
        counts: z.array(findingCount),
        /** When it was checked last. */
        checkedAt: z.string().nullable(),
        /** How the last check looked for near duplicates; null before the first. */
        compared: comparison.nullable(),
        total: z.number().int(),
        items: z.array(checkFinding),
      }),
    ),
  /** Excludes the pictures of findings, puts findings aside, or takes that back. */
  settle: procedure
    .route({ method: 'POST', path: '/datasets/{dataSetId}/settle' })
    .input(
      set.extend({
        findingIds: z.array(id).min(1).max(100_000),
        how: z.enum(['exclude', 'dismiss', 'reopen']),
      }),
    )
    .output(z.object({ settled: z.number().int() })),
  statistics: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/statistics' })
    .input(set.extend({ version: z.number().int().positive().optional() }))
    .output(dataSetStatistics),
  /** The pictures most worth labelling next. */
  next: procedure
    .route({ method: 'GET', path: '/datasets/{dataSetId}/next' })
    .input(
      set.extend({
        strategy: queueStrategy.default('mixed'),
        limit: z.number().int().min(1).max(1000).default(50),
      }),
    )
    .output(
      z.object({
        strategy: queueStrategy,
        embedded: z.number().int(),
        scored: z.number().int(),
        items: z.array(queueItem),
      }),
    ),
}
