import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLiveJobs } from '../live'
import classes from './layout.module.css'

/** Says that the app's own server does not answer; it is asked again by itself. */
export function ConnectionNote() {
  const { t } = useTranslation()
  const connected = useLiveJobs((live) => live.connected)
  if (connected) return null
  return (
    <p className={classes.connection} role="alert">
      <IconPlugConnectedX size={16} aria-hidden /> {t('disconnected')}
    </p>
  )
}
