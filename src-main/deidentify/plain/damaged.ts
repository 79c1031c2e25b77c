import { LeptonError } from '#shared/domain/fault'

export function damaged(expected: string, received: string): LeptonError {
  return new LeptonError('IMAGE_CORRUPT', { expected, received, remedy: 'Ask for the file again.' })
}
