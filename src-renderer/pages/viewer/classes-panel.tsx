import { skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { ImagePrediction, SeriesFindings, SeriesRun } from '#shared/contract/review'
import type { ClassResult } from '#shared/domain/finding'
import { ClassBars } from './class-bars'
import classes from './classes-panel.module.css'
import { ExplanationControls } from './explanation-controls'
import { Section } from './section'
import { type RunLabels, useRunLabels } from './use-run-labels'

/** What the model says of the whole picture on the screen: what was called, why, and how likely the others are. */
export function ClassesPanel({ findings }: { findings: SeriesFindings }) {
  const { t } = useTranslation('viewer')
  const imageId = useViewer((state) => state.drawn?.image.id)
  const prediction = findings.predictions.find((one) => one.imageId === imageId)
  const labels = useRunLabels(findings.run)
  if (!prediction?.classes) {
    return (
      <Section title={t('classes.title')}>
        <p className="quiet">{t('classes.unscored')}</p>
      </Section>
    )
  }
  return <Classes key={findings.run.runId} prediction={prediction} run={findings.run} labels={labels} />
}

interface Props {
  prediction: ImagePrediction
  run: SeriesRun
  labels: RunLabels
}

function Classes({ prediction, run, labels }: Props) {
  const { t } = useTranslation('viewer')
  const [explaining, setExplaining] = useState(false)
  // null: whatever is called first in the picture on the screen
  const [chosen, setChosen] = useState<string | null>(null)
  const { predictionId, classes: brief } = prediction
  const all = useQuery(api.review.classes.queryOptions({ input: brief ? { predictionId } : skipToken }))
  if (!brief) return null
  const explained = explaining ? (chosen ?? brief.called[0] ?? brief.likeliest) : null
  const explain = (label: string) => {
    setChosen(label)
    setExplaining(true)
  }
  const toggle = (on: boolean) => {
    setChosen(null)
    setExplaining(on)
  }
  return (
    <>
      <Section title={t('classes.title')}>
        <div className={classes.card}>
          <p className={classes.called}>
            {brief.called.length === 0 ? t('classes.open') : brief.called.map(labels.nameOf).join(', ')}
          </p>
          <Why brief={brief} run={run} labels={labels} outputs={all.data ?? []} />
          {all.error && <FaultNote fault={faultFrom(all.error)} />}
          {all.data?.map((output) => (
            <ClassBars
              key={output.output}
              result={output}
              labels={labels}
              point={run.threshold}
              explained={explained}
              onExplain={explain}
            />
          ))}
        </div>
      </Section>
      <ExplanationControls
        prediction={prediction}
        label={explained}
        nameOf={labels.nameOf}
        onToggle={toggle}
      />
    </>
  )
}

interface WhyProps {
  brief: NonNullable<ImagePrediction['classes']>
  run: SeriesRun
  labels: RunLabels
  outputs: readonly ClassResult[]
}

/** Why this was called, from the model's operating point. */
function Why({ brief, run, labels, outputs }: WhyProps) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const key = labels.manifest?.operatingPoint.label
  const several = labels.manifest?.outputs.some(({ decode }) => decode === 'multi-label') ?? false
  const probability = outputs
    .flatMap(({ probabilities }) => probabilities)
    .find(({ label }) => label === key)?.probability
  const figures = {
    point: format.score(run.threshold),
    score: format.score(brief.score),
    label: labels.nameOf(key ?? brief.likeliest),
  }
  const sentence = () => {
    if (several) return t('classes.whySeveral', figures)
    if (key !== undefined && brief.called.includes(key)) return t('classes.whyKey', figures)
    if (brief.called.length === 0) return t('classes.whyOpen', figures)
    if (key === undefined) return t('classes.whyLikeliest', figures)
    if (probability === undefined) return null
    return t('classes.whyOther', { ...figures, score: format.score(probability) })
  }
  return <p className={classes.why}>{sentence()}</p>
}
