import { type Intake, send } from '#renderer/app/intake/intake'
import { useUpload } from '#renderer/app/intake/upload-state'
import type { PackageSource } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'

/**
 * What came in as one thing the registry can read: a path on this computer, or an uploaded batch. Null when there
 * was nothing or the person cancelled.
 * @throws LeptonError INPUT_INVALID for several paths; the first reason where a file could not be sent
 */
export async function packageSource(intake: Intake): Promise<PackageSource | null> {
  if (intake.kind === 'paths') {
    const [path, another] = intake.paths
    if (another !== undefined) {
      throw new LeptonError('INPUT_INVALID', {
        expected: 'one file or folder at a time',
        received: `${intake.paths.length} paths`,
      })
    }
    return path === undefined ? null : { kind: 'path', path }
  }
  const sent = await send(intake.files)
  if (!sent) return null
  const [failed] = useUpload.getState().failed
  if (failed) throw new LeptonError(failed.fault.code, failed.fault)
  return { kind: 'upload', batch: sent.batch }
}
