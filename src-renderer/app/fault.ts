import { ORPCError } from '@orpc/client'
import type { Fault, FaultCode } from '#shared/domain/fault'
import { texts } from '#shared/text/index'

const isCode = (value: unknown): value is FaultCode => typeof value === 'string' && value in texts.en.errors

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Any error of a call as a fault that can be shown; what carries no known code is INTERNAL with its message. */
export function faultFrom(error: unknown): Fault {
  const data: unknown = error instanceof ORPCError ? error.data : undefined
  if (typeof data === 'object' && data !== null && 'code' in data && isCode(data.code)) {
    return {
      code: data.code,
      expected: 'expected' in data ? text(data.expected) : '',
      received: 'received' in data ? text(data.received) : '',
      remedy: 'remedy' in data ? text(data.remedy) : '',
    }
  }
  const received = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', expected: '', received, remedy: '' }
}
