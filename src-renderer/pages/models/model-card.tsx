import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useBilingual } from '#renderer/app/label-names'
import { Fact, Facts } from '#renderer/ui/facts'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { InstalledModel } from '#shared/contract/models'
import { ActiveSwitch } from './active-switch'
import { useFigureName } from './figure-name'
import { HealthChip } from './health-chip'
import classes from './model-card.module.css'
import { Swatch } from './swatch'
import { TrialList } from './trial-list'
import { useFits } from './use-fits'
import { useVerify } from './use-verify'

/** A model at a glance: what it does, for what, whether it is sound, where it runs. */
export function ModelCard({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const inLanguage = useBilingual()
  const format = useFormat()
  const metricName = useFigureName(model.manifest)
  const fits = useFits(model.manifest)
  const { manifest } = model
  const { verify, verifying } = useVerify(manifest.id, manifest.version)
  const [metric] = manifest.metrics
  return (
    <li className={classes.card}>
      <header className={classes.head}>
        <div className={classes.names}>
          <Link to={`/models/${manifest.id}/${manifest.version}`} className={classes.name ?? ''}>
            {inLanguage(manifest.name)}
          </Link>
          <span className="quiet">
            {manifest.id} {manifest.version}
          </span>
        </div>
        <ActiveSwitch model={model} />
      </header>
      <p>{inLanguage(manifest.summary)}</p>
      {model.fault && <FaultNote fault={model.fault} />}
      <Facts>
        <Fact name={t('health.title')}>
          <HealthChip model={model} />
        </Fact>
        <Fact name={t('task.title')}>{t(`task.${manifest.task}`)}</Fact>
        <Fact name={t('fits.title')}>{fits}</Fact>
        <Fact name={t('labels')}>
          <span className={classes.labels}>
            {manifest.labels.map((label) => (
              <Swatch key={label.id} colour={label.colour}>
                {inLanguage(label.name)}
              </Swatch>
            ))}
          </span>
        </Fact>
        {metric && (
          <Fact name={t('metrics.first')}>
            {metricName(metric.name)} {format.score(metric.value)}
            {metric.interval &&
              ` (${format.score(metric.interval[0])} – ${format.score(metric.interval[1])})`}
          </Fact>
        )}
      </Facts>
      <TrialList model={model} />
      <footer className={classes.foot}>
        <Button size="xs" variant="default" loading={verifying} onClick={verify}>
          {t('verify.button')}
        </Button>
      </footer>
    </li>
  )
}
