import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFigureName } from '#renderer/app/figure-name'
import { useBilingual } from '#renderer/app/label-names'
import { useProviderName } from '#renderer/app/provider-names'
import { Chip } from '#renderer/ui/chip'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { ActiveSwitch } from '../active-switch'
import { HealthChip } from '../health-chip'
import { Swatch } from '../swatch'
import { useFits } from '../use-fits'
import { useVerify } from '../use-run'
import type { ModelFamily } from './families'
import classes from './model-card.module.css'

/** Labels that are named on a card; the rest are counted. */
const NAMED_LABELS = 3

/** A model at a glance: what it does, for what, how well, whether it is sound and how fast it runs here. */
export function ModelCard({ family: { shown, versions } }: { family: ModelFamily }) {
  const { t } = useTranslation(['models', 'errors'])
  const inLanguage = useBilingual()
  const format = useFormat()
  const figureName = useFigureName(shown.manifest)
  const fits = useFits(shown.manifest)
  const { manifest } = shown
  const { run: verify, running: verifying } = useVerify(manifest.id, manifest.version)
  const [metric] = manifest.metrics
  const more = manifest.labels.length - NAMED_LABELS
  return (
    <li className={classes.card}>
      <header className={classes.head}>
        <div className={classes.names}>
          <Link to={`/models/${manifest.id}/${manifest.version}`} className={classes.name ?? ''}>
            {inLanguage(manifest.name)}
          </Link>
          <span className={classes.id}>
            {manifest.id} {manifest.version}
            {versions.length > 1 && <Chip>{t('versions.count', { count: versions.length })}</Chip>}
          </span>
        </div>
        <ActiveSwitch model={shown} />
      </header>
      {inLanguage(manifest.summary) && <p className={classes.summary}>{inLanguage(manifest.summary)}</p>}
      {shown.fault && <p className={classes.fault}>{t(`errors:${shown.fault.code}`)}</p>}
      <Facts>
        <Fact name={t('fits.title')}>{fits}</Fact>
        {manifest.labels.length > 0 && (
          <Fact name={t('labels.title')}>
            <span className={classes.labels}>
              {manifest.labels.slice(0, NAMED_LABELS).map((label) => (
                <Swatch key={label.id} colour={label.colour}>
                  {inLanguage(label.name)}
                </Swatch>
              ))}
              {more > 0 && <span className="quiet">{t('labels.more', { count: more })}</span>}
            </span>
          </Fact>
        )}
        {metric && (
          <Fact name={figureName(metric.name)}>
            <b>{format.score(metric.value)}</b>
            {metric.interval && (
              <span className="quiet">
                {` ${format.score(metric.interval[0])} – ${format.score(metric.interval[1])}`}
              </span>
            )}
          </Fact>
        )}
      </Facts>
      <footer className={classes.foot}>
        <HealthChip model={shown} running={verifying} />
        <Speed model={shown} />
        <Button size="xs" variant="default" loading={verifying} onClick={verify}>
          {t('verify.button')}
        </Button>
      </footer>
    </li>
  )
}

/** Where it runs here and how long one picture takes. */
function Speed({ model: { trials, chosen, precision } }: { model: ModelFamily['shown'] }) {
  const format = useFormat()
  const providerName = useProviderName()
  if (chosen === null) return <span className={classes.speed} />
  const trial = trials.find((one) => one.provider === chosen && one.precision === precision)
  const time = trial?.milliseconds
  return (
    <span className={classes.speed}>
      {providerName(chosen)}
      {typeof time === 'number' && ` · ${format.milliseconds(time)}`}
    </span>
  )
}
