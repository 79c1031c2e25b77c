import type { ProviderTrial } from '#shared/domain/provider'
import { faultLine } from './faults'
import { t } from './language'

/** A provider's trial on one line: passed with its figures, or why not. */
export function trialLine(
  { provider, passed, milliseconds, maxDifference, fault }: ProviderTrial,
  chosen: boolean,
): string {
  const figures = {
    milliseconds: milliseconds?.toFixed(1) ?? '?',
    difference: maxDifference?.toExponential(1) ?? '?',
  }
  const parts = [
    passed ? t('doctor.passed', figures) : t('doctor.refused'),
    chosen ? t('doctor.chosen') : '',
    // what passed and is not taken by itself is slower than the processor
    fault ? (passed ? t('doctor.slower') : faultLine(fault)) : '',
  ]
  return `${provider.padEnd(9)} ${parts.filter(Boolean).join('; ')}`
}
