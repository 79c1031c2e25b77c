import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Fault } from '#shared/domain/fault'
import { FaultNote } from './fault-note'
import classes from './states.module.css'

/** A place that could not be shown: why, what to do, and another try. */
export function ErrorState({ fault, onRetry }: { fault: Fault; onRetry?: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.state} role="alert">
      <FaultNote fault={fault} />
      {onRetry && (
        <div className={classes.actions}>
          <Button variant="default" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
    </div>
  )
}
