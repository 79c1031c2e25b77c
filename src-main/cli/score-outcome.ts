import type { Scoring } from '#main/scoring/types'
import type { Job } from '#shared/domain/job'
import { faultLine } from './faults'
import { t } from './language'

/** What a person wants to know at the end of a job. */
export function printOutcome(scoring: Scoring, job: Job, folder: string | null): void {
  const { runs, lesions, skipped, failed } = scoring.summary(job.id)
  const counts = { count: job.total ?? 0, scored: job.done, skipped: job.skipped, failed: job.failed }
  console.log(t('score.counts', counts))
  for (const run of runs) console.log(t('score.ran', run))
  if (job.done > 0) console.log(t('score.lesions', { count: lesions }))
  if (skipped.length > 0) console.log(t('score.skippedTitle'))
  for (const { fault, items } of skipped) {
    console.log(`  ${t('score.skippedLine', { images: items, reason: faultLine(fault) })}`)
  }
  if (failed.length > 0) console.log(t('score.failedTitle'))
  for (const { path, fault } of failed) console.log(`  ${path}: ${faultLine(fault)}`)
  const more = job.failed - failed.length
  if (more > 0) console.log(`  ${t('score.failedMore', { count: more })}`)
  if (folder !== null) console.log(t('score.written', { folder }))
}
