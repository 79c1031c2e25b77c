import { type Intake, send } from '#renderer/app/intake/intake'
import { jobEnded } from '#renderer/app/job-ended'
import type { ScoringTarget } from '#shared/contract/scoring'

/**
 * What came in as something to score. Files of a browser are handed over and taken into the library first. Null
 * when there was nothing.
 */
export async function scoringTargetOf(intake: Intake): Promise<ScoringTarget | null> {
  if (intake.kind === 'paths') {
    return intake.paths.length > 0 ? { kind: 'paths', paths: intake.paths } : null
  }
  const sent = await send(intake.files)
  if (!sent) return null
  const { finishUpload } = await import('#renderer/app/intake/upload')
  const { id } = await jobEnded(await finishUpload(sent.batch))
  return { kind: 'import', jobId: id }
}
