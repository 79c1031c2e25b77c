import { ORPCError } from '@orpc/client'
import type { Fault, FaultCode } from '#shared/domain/fault'
import { texts } from '#shared/text/index'

const isCode = (value: unknown): value is FaultCode => typeof value === 'string' && value in texts.en.errors

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Data with the parts of a fault, known or not, as one; a code this version does not know is INTERNAL. */
export function asFault(data: object): Fault {
  const parts: Partial<Record<keyof Fault, unknown>> = data
  return {
    code: isCode(parts.code) ? parts.code : 'INTERNAL',
    expected: text(parts.expected),
    received: text(parts.received),
    remedy: text(parts.remedy),
  }
}

/** Any error of a call as a fault that can be shown; what carries no known code is INTERNAL with its message. */
export function faultFrom(error: unknown): Fault {
  const data: unknown = error instanceof ORPCError ? error.data : undefined
  if (typeof data === 'object' && data !== null && 'code' in data && isCode(data.code)) return asFault(data)
  const received = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', expected: '', received, remedy: '' }
}
