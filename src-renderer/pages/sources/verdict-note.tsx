import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { Verdict } from '#shared/contract/sources'
import classes from './verdict-note.module.css'

/** Whether a connection works, plainly. */
export function VerdictNote({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  if (verdict.fault) return <FaultNote fault={verdict.fault} />
  return (
    <p className={classes.good} role="status">
      <IconCheck size={16} aria-hidden />
      {t('works', { time: format.milliseconds(verdict.milliseconds) })}
    </p>
  )
}
