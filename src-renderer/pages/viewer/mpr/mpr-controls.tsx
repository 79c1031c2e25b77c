import { Button, SegmentedControl, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { FaultNote } from '#renderer/ui/fault-note'
import type { MprSession } from '#renderer/viewer/mpr/mpr-session'
import type { VolumeFacts } from '#renderer/viewer/mpr/protocol'
import classes from './mpr.module.css'
import { togglePlanes } from './toggle-planes'

const axes = ['patient', 'volume'] as const
const projections = ['max', 'mean', 'min'] as const

/** Which way the planes lie, how thick they are, and what they go through. */
export function MprControls({ session }: { session: MprSession }) {
  const { t } = useTranslation('viewer')
  const { axes: chosen, slab, facts, maskFault, cuts } = useStore(session.store)
  const reaches = Object.values(cuts).map((cut) => (cut ? cut.plane.reach[1] - cut.plane.reach[0] : 0))
  return (
    <section className={classes.controls} aria-label={t('planes.title')}>
      <Line name={t('planes.axes')}>
        <SegmentedControl
          size="xs"
          aria-label={t('planes.axes')}
          value={chosen}
          onChange={(value) => session.change({ axes: value })}
          data={axes.map((value) => ({
            value,
            label: t(value === 'patient' ? 'planes.ofPatient' : 'planes.ofVolume'),
          }))}
        />
      </Line>
      <Line name={t('planes.slab')}>
        <span className={classes.slab}>
          <Slider
            size="xs"
            label={null}
            thumbLabel={t('planes.slab')}
            min={0}
            max={Math.max(10, Math.ceil(Math.max(...reaches)))}
            step={1}
            value={slab.millimetres}
            onChange={(millimetres) => session.change({ slab: { ...slab, millimetres } })}
          />
          <output>
            {slab.millimetres === 0 ? t('planes.thin') : t('planes.millimetres', { value: slab.millimetres })}
          </output>
        </span>
      </Line>
      <Line name={t('planes.projection')}>
        <SegmentedControl
          size="xs"
          aria-label={t('planes.projection')}
          disabled={slab.millimetres === 0}
          value={slab.projection}
          onChange={(projection) => session.change({ slab: { ...slab, projection } })}
          data={projections.map((value) => ({ value, label: t(`planes.${value}`) }))}
        />
      </Line>
      {facts && <Facts facts={facts} />}
      {maskFault && (
        <>
          <p className={classes.note}>{t('planes.masksMissing')}</p>
          <FaultNote fault={maskFault} />
        </>
      )}
      <div className={classes.foot}>
        <p className="quiet">{t('planes.help')}</p>
        <Button size="xs" variant="default" onClick={togglePlanes}>
          {t('planes.close')}
        </Button>
      </div>
    </section>
  )
}

/** Less than this is rounding of the header. */
const leastTilt = 0.1
const leastUnevenness = 0.05

function Facts({ facts: { grid, tilt, unevenness, reduced } }: { facts: VolumeFacts }) {
  const { t } = useTranslation('viewer')
  const [columns, rows, slices] = grid.size
  const [x, y, z] = grid.steps.map((step) => Math.hypot(...step).toFixed(2))
  return (
    <div className={classes.facts}>
      <p>
        {t('planes.voxels', { columns, rows, slices })} · {t('planes.edges', { x, y, z })}
      </p>
      {tilt > leastTilt && <p className={classes.note}>{t('planes.tilt', { degrees: tilt.toFixed(1) })}</p>}
      {unevenness > leastUnevenness && (
        <p className={classes.note}>{t('planes.uneven', { value: unevenness.toFixed(2) })}</p>
      )}
      {reduced > 1 && <p className={classes.note}>{t('planes.reduced', { factor: reduced })}</p>}
    </div>
  )
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.line}>
      <span className={classes.name}>{name}</span>
      {children}
    </div>
  )
}
