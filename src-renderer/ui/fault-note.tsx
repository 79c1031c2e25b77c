import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '#shared/domain/fault'
import classes from './fault-note.module.css'

/** An error in full: its sentence, what was expected, what came, and what to do. */
export function FaultNote({ fault }: { fault: Fault }) {
  const { t } = useTranslation(['common', 'errors'])
  return (
    <div className={classes.note}>
      <p className={classes.sentence}>
        <IconAlertTriangle size={16} aria-hidden />
        <span>{t(`errors:${fault.code}`)}</span>
      </p>
      <dl className={classes.details}>
        {fault.expected && (
          <div>
            <dt>{t('fault.expected')}</dt>
            <dd>{fault.expected}</dd>
          </div>
        )}
        {fault.received && (
          <div>
            <dt>{t('fault.received')}</dt>
            <dd>{fault.received}</dd>
          </div>
        )}
        {fault.remedy && (
          <div>
            <dt>{t('fault.remedy')}</dt>
            <dd>{fault.remedy}</dd>
          </div>
        )}
      </dl>
      <code className={classes.code}>{fault.code}</code>
    </div>
  )
}
