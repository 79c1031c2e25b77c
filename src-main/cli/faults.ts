import type { Fault } from '#shared/domain/fault'
import { t } from './language'

/** Exit statuses of every command. */
export const EXIT = { ok: 0, couldNotRun: 1, someFailed: 2, interrupted: 130 } as const

/** Tells a fault on stderr: its sentence and code, then what was expected, what came and what to do. */
export function printFault(fault: Fault): void {
  console.error(`${t('fault.error')}: ${t(fault.code, { ns: 'errors' })} [${fault.code}]`)
  for (const part of ['expected', 'received', 'remedy'] as const) {
    if (fault[part]) console.error(`  ${t(`fault.${part}`)}: ${fault[part]}`)
  }
}

/** A fault on one line, for lists. */
export function faultLine(fault: Fault): string {
  const details = [
    fault.expected && `${t('fault.expected')}: ${fault.expected}`,
    fault.received && `${t('fault.received')}: ${fault.received}`,
  ].filter(Boolean)
  return [t(fault.code, { ns: 'errors' }), details.length > 0 ? `(${details.join('; ')})` : '']
    .join(' ')
    .trim()
}
