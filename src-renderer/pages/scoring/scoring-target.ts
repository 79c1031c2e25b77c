import { type Intake, send } from '#renderer/app/intake/intake'
import type { ScoringTarget } from '#shared/contract/scoring'

/** What came in as something to score; files of a browser are sent first. Null when there was nothing. */
export async function scoringTargetOf(intake: Intake): Promise<ScoringTarget | null> {
  const paths = intake.kind === 'paths' ? intake.paths : (await send(intake.files))?.paths
  return paths && paths.length > 0 ? { kind: 'paths', paths } : null
}
