import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { Verdict } from '#shared/contract/sources'
import classes from './verdict-note.module.css'

/** Whether a connection works, plainly. */
export function VerdictNote({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const note = useRef<HTMLDivElement>(null)
  // in a long dialog it would appear out of sight
  useEffect(() => {
    note.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  if (verdict.fault) {
    return (
      <div ref={note} role="alert">
        <FaultNote fault={verdict.fault} />
      </div>
    )
  }
  return (
    <div ref={note} className={classes.good} role="status">
      <IconCheck size={16} aria-hidden />
      {t('works', { time: format.milliseconds(verdict.milliseconds) })}
    </div>
  )
}
