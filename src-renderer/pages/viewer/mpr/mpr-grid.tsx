import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { FaultNote } from '#renderer/ui/fault-note'
import type { MprSession } from '#renderer/viewer/mpr/mpr-session'
import type { Labels } from '#renderer/viewer/overlay/predictions'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { planeNames } from '#shared/geometry/volume-planes'
import classes from './mpr.module.css'
import { MprControls } from './mpr-controls'
import { PlanePane } from './plane-pane'
import { togglePlanes } from './toggle-planes'

interface Props {
  session: MprSession
  viewer: Viewer
  labels: Labels
}

/** Axial, coronal and sagittal plane, and what can be done with them. */
export function MprGrid({ session, viewer, labels }: Props) {
  const { t } = useTranslation('viewer')
  const fault = useStore(session.store, (state) => state.fault)
  if (fault) {
    return (
      <div className={classes.refused}>
        <div className={classes.card}>
          <h2>{t('planes.refused')}</h2>
          <FaultNote fault={fault} />
          <Button size="xs" variant="default" onClick={togglePlanes}>
            {t('planes.close')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className={classes.grid}>
      {planeNames.map((name) => (
        <PlanePane key={name} name={name} session={session} viewer={viewer} labels={labels} />
      ))}
      <MprControls session={session} />
      <Loading session={session} />
    </div>
  )
}

function Loading({ session }: { session: MprSession }) {
  const { t } = useTranslation('viewer')
  const { loaded, total, facts } = useStore(session.store)
  if (facts) return null
  return (
    <div className={classes.loading} role="status">
      <div className={classes.card}>
        <span>{t('planes.loading')}</span>
        <Progress value={(100 * loaded) / Math.max(1, total)} aria-label={t('planes.loading')} />
        <span className="quiet">{t('planes.progress', { loaded, total })}</span>
      </div>
    </div>
  )
}
