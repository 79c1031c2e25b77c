import type { Scoring } from '#main/scoring/types'
import type { LabelCount } from '#shared/contract/scoring'
import type { Job } from '#shared/domain/job'
import { faultLine } from './faults'
import { t } from './language'

/** What a person wants to know at the end of a job. */
export function printOutcome(scoring: Scoring, job: Job, folder: string | null): void {
  const { runs, counts: found, warnings, skipped, failed } = scoring.summary(job.id)
  const counts = { count: job.total ?? 0, scored: job.done, skipped: job.skipped, failed: job.failed }
  console.log(t('score.counts', counts))
  for (const run of runs) {
    const ran = t(run.task === 'embedding' ? 'score.ranVector' : 'score.ran', run)
    console.log(run.flips ? ran + t('score.withFlips') : ran)
  }
  if (job.done > 0 && runs.every(({ task }) => task === 'embedding')) console.log(t('score.vectors'))
  else if (job.done > 0) printCounts(found)
  if (warnings.length > 0) console.log(t('score.warningsTitle'))
  for (const { fault, images } of warnings) {
    console.log(`  ${t('score.skippedLine', { images, reason: faultLine(fault) })}`)
  }
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

/** Labels shown; the whole list is in counts.csv. */
const SHOWN = 10

function printCounts(found: readonly LabelCount[]): void {
  if (found.length === 0) console.log(t('score.nothingFound'))
  for (const { label, kind, count, images } of found.slice(0, SHOWN)) {
    console.log(
      `  ${label}: ${t(`score.${kind}`, { count })}${kind === 'images' ? '' : t('score.in', { count: images })}`,
    )
  }
  if (found.length > SHOWN) console.log(`  ${t('score.labelsMore', { count: found.length - SHOWN })}`)
}
