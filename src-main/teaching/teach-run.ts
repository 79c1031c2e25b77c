import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { DataSets } from '#main/datasets/types'
import { ItemLog } from '#main/item-log'
import type { JobContext } from '#main/jobs/types'
import type { PackageMaker } from '#main/models/making/maker'
import type { Models } from '#main/models/types'
import type { ImageVectors } from '#main/similarity/near/image-vectors'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { modelId, modelVersion } from '#shared/domain/model-manifest/text'
import { cardOf } from './card'
import { describeTaught, type Made } from './describe'
import { ensureTeachable, type Lesson, lessonOf, without } from './examples'
import { groupingOf } from './groups'
import { bestScale, classMeans, headMatrix, type Labelled, leftOutCosines } from './head'
import { callsOf, judge } from './judge'
import { modalitiesOf } from './modalities'

export interface TeachDeps {
  database: Database
  dataSets: Pick<DataSets, 'get' | 'frozen'>
  models: Pick<Models, 'find'>
  vectors: ImageVectors
  maker: PackageMaker
}

export const teachRequest = z.object({
  dataSetId: z.number().int(),
  dataSetVersion: z.number().int().positive(),
  name: z.string().min(1),
  id: modelId,
  version: modelVersion,
  /** `id@version`. */
  base: z.string(),
  activate: z.boolean(),
})
type TeachRequest = z.infer<typeof teachRequest>

/** Makes the vectors that are missing, then the head, its figures and its package. Resumed, vectors are not made again. */
export async function runTeach(deps: TeachDeps, context: JobContext): Promise<void> {
  const request = teachRequest.parse(context.request)
  const { signal } = context
  const base = deps.models.find(request.base)
  const planned = readLesson(deps, request.dataSetId, request.dataSetVersion)
  ensureTeachable(planned)
  const lost = await makeVectors(deps, base, planned, context)
  signal.throwIfAborted()
  const lesson = without(planned, lost)
  ensureTeachable(lesson)
  const { head, made } = await makeHead(deps, request, base, lesson, signal)
  await deps.maker.withHead({
    base,
    head,
    describe: (output) => describeTaught(made, output),
    card: cardOf(made),
    activate: request.activate,
  })
}

/** The examples of a version as the library has them now. @throws NOT_FOUND */
export function readLesson(
  { database, dataSets }: Pick<TeachDeps, 'database' | 'dataSets'>,
  dataSetId: number,
  version: number,
): Lesson {
  const { name } = dataSets.get(dataSetId)
  const frozen = dataSets.frozen({ name, version, splitId: null })
  const ids = frozen.images.map(({ imageId }) => imageId)
  return lessonOf(frozen, new Set(modalitiesOf(database, ids).keys()))
}

/** Gives the pictures that no vector could be made of; each is a failure of the job. */
async function makeVectors(
  { database, vectors }: TeachDeps,
  base: ModelManifest,
  { examples }: Lesson,
  { jobId, signal, progress }: JobContext,
): Promise<Set<number>> {
  const log = new ItemLog(database, jobId)
  log.forget()
  const pathOf = new Map(examples.map(({ imageId, path }) => [imageId, path]))
  const missing = vectors.missing(base, [...pathOf.keys()])
  const counts = { total: examples.length, done: examples.length - missing.length, failed: 0 }
  progress({ ...counts })
  const lost = new Set<number>()
  await vectors.make(jobId, base, missing, {
    signal,
    ended(imageId, fault) {
      if (fault) {
        lost.add(imageId)
        const item = { path: pathOf.get(imageId) ?? '', imageId }
        log.add('failed', item, new LeptonError(fault.code, fault))
        counts.failed++
      } else counts.done++
      progress({ ...counts })
    },
  })
  return lost
}

async function makeHead(
  { database, vectors }: TeachDeps,
  { id, version, name }: TeachRequest,
  base: ModelManifest,
  lesson: Lesson,
  signal: AbortSignal,
) {
  const ids = lesson.examples.map(({ imageId }) => imageId)
  const known = vectors.of(base, ids)
  const labelled: Labelled = {
    vectors: ids.map((imageId) => vectorOf(known, imageId, base)),
    labelOf: lesson.examples.map(({ label }) => label),
    labels: lesson.labels.length,
  }
  const { labelOf, labels } = labelled
  const grouping = groupingOf(lesson.examples)
  const cosines = await leftOutCosines(labelled, grouping.groupOf, signal)
  const scale = bestScale(cosines, labelOf, labels)
  const judgement = judge(callsOf(cosines, labels, scale, { labelOf, groupOf: grouping.groupOf }), labels)
  const modalities = [...new Set(modalitiesOf(database, ids).values())].flatMap((one) => one ?? []).sort()
  const made: Made = { id, version, name, base, lesson, grouping, judgement, modalities }
  const weights = headMatrix(classMeans(labelled), scale)
  return { head: { weights, labels, dimensions: weights.length / labels }, made }
}

function vectorOf(
  known: ReadonlyMap<number, Float32Array>,
  imageId: number,
  base: ModelManifest,
): Float32Array {
  const vector = known.get(imageId)
  if (vector) return vector
  throw new LeptonError('NOT_FOUND', {
    expected: `the vector of image ${imageId} by ${modelName(base)}`,
    received: 'none',
    remedy: 'It left the library meanwhile. Teach again.',
  })
}
