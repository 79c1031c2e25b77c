import '@mantine/core/styles/Skeleton.css'
import { Button, Skeleton } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LesionReview, Reviewed } from '#renderer/annotate/review/reviewed'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Predictions } from '#renderer/viewer/overlay/predictions'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard } from '#shared/contract/library'
import type { SeriesFindings, SeriesRun } from '#shared/contract/review'
import { BoxFindings } from './box-findings'
import { ClassesPanel } from './classes-panel'
import classes from './findings-panel.module.css'
import { HowMade } from './how-made'
import { LesionCard } from './lesion-card'
import { OverlayControls } from './overlay-controls'
import { PictureFindings } from './picture-findings'
import { ScoreSeries } from './score-series'
import { Section } from './section'
import type { useFindings } from './use-findings'
import { useRunLabels } from './use-run-labels'

interface Props {
  series: SeriesCard
  found: ReturnType<typeof useFindings>
  predictions: RefObject<Predictions | null>
  onRun: (runId: number) => void
}

/** What the model found here, how to look at it, and how it came about. */
export function FindingsPanel({ series, found, predictions, onRun }: Props) {
  const { t } = useTranslation(['viewer', 'common'])
  const { runs, run, findings } = found
  const error = runs.error ?? findings.error
  if (error) {
    const again = () => void (runs.error ? runs.refetch() : findings.refetch())
    return (
      <Section title={t('findings.title')}>
        <FaultNote fault={faultFrom(error)} />
        <Button variant="default" size="xs" onClick={again}>
          {t('common:tryAgain')}
        </Button>
      </Section>
    )
  }
  if (runs.data?.length === 0) return <ScoreSeries series={series} first />
  if (!findings.data || !run) return <Reading />
  return (
    <>
      <Reviewed findings={findings.data}>
        <Found series={series} findings={findings.data} />
      </Reviewed>
      {run.places && <OverlayControls key={run.runId} findings={findings.data} predictions={predictions} />}
      <HowMade runs={runs.data ?? []} run={run} onRun={onRun} />
      <ScoreSeries series={series} />
    </>
  )
}

interface FoundProps {
  series: SeriesCard
  findings: SeriesFindings
}

function Found({ series, findings }: FoundProps) {
  const { t } = useTranslation('viewer')
  const { lesions, predictions, run } = findings
  const slices = lesions.length > 0 || series.order === 'position'
  const classified = predictions.some(({ classes: said }) => said !== null)
  return (
    <>
      {classified && <ClassesPanel findings={findings} />}
      {run.places && run.task !== 'detection' && slices && <Lesions findings={findings} />}
      {run.places && run.task !== 'detection' && !slices && <PictureFindings findings={findings} />}
      {run.places && run.task === 'detection' && <BoxFindings findings={findings} />}
      {!run.places && !classified && <p className="quiet">{t('findings.vector')}</p>}
      <Incomplete series={series} run={run} />
    </>
  )
}

function Lesions({ findings: { lesions, run } }: { findings: SeriesFindings }) {
  const { t } = useTranslation('viewer')
  const labels = useRunLabels(run)
  return (
    <Section title={t('findings.title')} aside={t('findings.lesions', { count: lesions.length })}>
      {lesions.length === 0 && (
        <div className={classes.none}>
          <strong>{t('findings.none')}</strong>
          <p>{t('findings.noneText')}</p>
        </div>
      )}
      {lesions.map((lesion) => (
        <div key={lesion.id} className={classes.lesion}>
          <LesionCard lesion={lesion} labels={labels} />
          <LesionReview lesionId={lesion.id} />
        </div>
      ))}
    </Section>
  )
}

/** What to know of images that failed, or were not scored at all. */
function Incomplete({ series, run }: { series: SeriesCard; run: SeriesRun }) {
  const { t } = useTranslation('viewer')
  return (
    <>
      {run.failed > 0 && (
        <p className={classes.note}>
          {t('findings.failed', { count: run.failed })}{' '}
          <Link to={`/scoring/${run.jobId}`}>{t('findings.failedLink')}</Link>
        </p>
      )}
      {run.predicted + run.failed < series.imageCount && (
        <p className={classes.note}>
          {t('findings.partly', { predicted: run.predicted, count: series.imageCount })}
        </p>
      )}
    </>
  )
}

/** Holds the place of the findings, so that nothing moves when they come. */
function Reading() {
  const { t } = useTranslation('viewer')
  const shown = useViewer((state) => state.drawn !== null)
  return (
    <Section title={t('findings.title')}>
      <div role="status" aria-label={t('findings.loading')}>
        <Skeleton height={148} radius="md" animate={shown} />
      </div>
    </Section>
  )
}
