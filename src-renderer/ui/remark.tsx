import { useTranslation } from 'react-i18next'
import type { Fault } from '#shared/domain/fault'

/** A fault that is no failure, why something was left out, in a line. */
export function Remark({ fault }: { fault: Fault }) {
  const { t } = useTranslation(['common', 'errors'])
  const parts = [
    t(`errors:${fault.code}`),
    fault.expected && `${t('fault.expected')}: ${fault.expected}.`,
    fault.received && `${t('fault.received')}: ${fault.received}`,
    fault.remedy,
  ]
  return <p style={{ overflowWrap: 'anywhere' }}>{parts.filter(Boolean).join(' ')}</p>
}
