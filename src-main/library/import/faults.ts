import { type Fault, LeptonError } from '#shared/domain/fault'

const systemCode = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : '')

/** The error to throw for one that a full disk caused; any other as it is. */
export function unlessDiskFull(error: unknown): unknown {
  const full = systemCode(error) === 'ENOSPC' || systemCode(error) === 'SQLITE_FULL'
  if (!full) return error
  return new LeptonError('DISK_FULL', {
    remedy: 'Make room on the disk of the library, then resume.',
    cause: error,
  })
}

/** Why one member of an archive could not be unpacked. */
export function memberFault(error: unknown): Fault {
  if (error instanceof LeptonError) return error.toFault()
  const received = error instanceof Error ? error.message : String(error)
  return new LeptonError('ARCHIVE_INVALID', { received, remedy: 'Get the archive again.' }).toFault()
}

/** A file the engine gave no answer for. */
export const noAnswer = (): Fault =>
  new LeptonError('INTERNAL', {
    expected: 'a header or a reason',
    received: 'no answer from the engine',
  }).toFault()
