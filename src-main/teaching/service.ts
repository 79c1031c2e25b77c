import type { z } from 'zod'
import type { Jobs } from '#main/jobs/types'
import type { Models } from '#main/models/types'
import { type Fault, faultOf } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import { baseOf, basesOf } from './bases'
import { ensureTeachable, type Lesson } from './examples'
import { groupingOf } from './groups'
import { type ModelName, nextName } from './model-name'
import { readLesson, runTeach, type TeachDeps, type teachRequest } from './teach-run'
import type { Teaching } from './types'

export interface TeachingDeps extends TeachDeps {
  jobs: Jobs
  models: Pick<Models, 'find' | 'list' | 'knownLabels'>
}

/** Registers the job `teach`. */
export function createTeaching(deps: TeachingDeps): Teaching {
  const { jobs, models, vectors } = deps
  jobs.register('teach', (context) => runTeach(deps, context))

  const fingerprint = ({ id, version }: ModelName) => `teach ${id}@${version}`
  const promised = (name: ModelName) => {
    const job = jobs.findNewest(fingerprint(name))
    return job !== null && job.state !== 'done' && job.state !== 'failed' && job.state !== 'cancelled'
  }

  return {
    async plan(dataSetId, version) {
      const lesson = readLesson(deps, dataSetId, version)
      const bases = await basesOf(models)
      const base = await baseOf(models, undefined)
      const ids = lesson.examples.map(({ imageId }) => imageId)
      const { judgedBy, groups } = groupingOf(lesson.examples)
      return {
        version,
        labels: [
          ...lesson.labels.map((label, at) => ({
            ...described(label),
            pictures: lesson.examples.filter((one) => one.label === at).length,
            taught: true,
          })),
          ...lesson.rare.map(({ label, pictures }) => ({ ...described(label), pictures, taught: false })),
        ],
        leftOut: [...lesson.leftOut].map(([reason, pictures]) => ({ reason, pictures })),
        pictures: lesson.examples.length,
        judgedBy,
        groups,
        bases: bases.map((one) => ({ model: modelName(one), name: one.name })),
        withoutVector: vectors.missing(base, ids).length,
        fault: obstacle(lesson),
      }
    },

    async start({ dataSetId, version, name, baseModel, activate }) {
      ensureTeachable(readLesson(deps, dataSetId, version))
      const base = await baseOf(models, baseModel)
      const model = nextName(name, {
        installed: await models.list(),
        everKnown: models.knownLabels(),
        promised,
      })
      const request: z.infer<typeof teachRequest> = {
        dataSetId,
        dataSetVersion: version,
        name,
        ...model,
        base: modelName(base),
        activate,
      }
      const jobId = jobs.start({ kind: 'teach', title: name, request, fingerprint: fingerprint(model) })
      return { jobId, model }
    },
  }
}

const described = ({ key, name, colour }: Lesson['labels'][number]) => ({ key, name, colour })

function obstacle(lesson: Lesson): Fault | null {
  try {
    ensureTeachable(lesson)
    return null
  } catch (error) {
    return faultOf(error)
  }
}
