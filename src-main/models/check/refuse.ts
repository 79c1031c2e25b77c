import { LeptonError } from '#shared/domain/fault'

const REMEDY = 'Correct the package (docs/model-packages.md), or ask for it again.'

/** Why a package is refused. */
export function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('MODEL_INVALID', { expected, received, remedy: REMEDY })
}
