import { resolve } from 'node:path'
import type { ScoringRequest } from '#shared/contract/scoring'
import { LeptonError } from '#shared/domain/fault'
import { fingerprintOf, pinned } from './fingerprint'
import { measureFlips } from './flip-bench'
import { knownFlipCost } from './flip-store'
import { titleOf } from './job-title'
import { labelCounts } from './label-counts'
import { planScoring } from './plan'
import { resultsJson } from './report/json-report'
import { reportData } from './report/report-data'
import { writeReport } from './report/write-report'
import { scoringResults } from './results'
import { createScoringRunner } from './runner'
import { summarise, warningsOf } from './summary'
import type { Scoring, ScoringDeps } from './types'

/** Batch scoring over the jobs; registers the scoring job. */
export function createScoring(deps: ScoringDeps): Scoring {
  const { database, jobs, library, models, appVersion } = deps
  jobs.register('score', createScoringRunner(deps))

  const start = (request: ScoringRequest, fingerprint: string) => ({
    jobId: jobs.start({
      kind: 'score',
      title: titleOf(database, library, request.target),
      request,
      fingerprint,
    }),
  })

  const dataOf = (jobId: number) => {
    const job = jobs.get(jobId)
    if (job.kind === 'score') return reportData(database, models, job, appVersion)
    throw new LeptonError('INPUT_INVALID', {
      expected: 'a scoring job',
      received: `job ${jobId}, ${job.kind}`,
    })
  }

  return {
    plan: (request) => planScoring(database, library, models, absolute(request)),
    start(asked) {
      const request = pinned(absolute(asked), models)
      return start(request, fingerprintOf(request))
    },
    resume(asked) {
      const request = pinned(absolute(asked), models)
      const fingerprint = fingerprintOf(request)
      const newest = jobs.findNewest(fingerprint)
      if (!newest) return { ...start(request, fingerprint), outcome: 'fresh' }
      if (newest.state === 'done') return { jobId: newest.id, outcome: 'done' }
      return { jobId: jobs.resume(newest.id).id, outcome: 'continued' }
    },
    results: (jobId, offset, limit) => scoringResults(database, jobId, offset, limit),
    counts: (jobId) => labelCounts(database, jobId),
    warnings: (jobId) => warningsOf(database, jobId),
    summary: (jobId) => summarise(database, jobId),
    flipCost: (model) => knownFlipCost(database, models.find(model)),
    measureFlips: (model) => measureFlips(deps, model),
    document: (jobId) => resultsJson(dataOf(jobId), () => null),
    async writeReport(jobId, { folder, masks }) {
      const data = dataOf(jobId)
      return { files: await writeReport(data, resolve(folder), masks), job: data.job }
    },
  }
}

function absolute(request: ScoringRequest): ScoringRequest {
  const { target } = request
  if (target.kind !== 'paths') return request
  return { ...request, target: { kind: 'paths', paths: target.paths.map((path) => resolve(path)) } }
}
