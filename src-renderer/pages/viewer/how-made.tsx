import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProviderName } from '#renderer/app/provider-names'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { SeriesRun } from '#shared/contract/review'

interface Props {
  runs: readonly SeriesRun[]
  run: SeriesRun
  onRun: (runId: number) => void
}

/** Where the figures come from: model, version, where it ran, at which operating point, and when. */
export function HowMade({ runs, run, onRun }: Props) {
  const { t } = useTranslation(['viewer', 'common'])
  const format = useFormat()
  const providerName = useProviderName()
  const name = ({ modelId, modelVersion }: SeriesRun) => `${modelId} ${modelVersion}`
  return (
    <Panel title={t('made.title')}>
      {runs.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('made.run')}
          value={String(run.runId)}
          onChange={(event) => onRun(Number(event.currentTarget.value))}
          data={runs.map((one) => ({
            value: String(one.runId),
            label: t('made.runOption', { model: name(one), when: format.moment(one.scoredAt) }),
          }))}
        />
      )}
      <Facts>
        <Fact name={t('made.model')}>
          <Link to={`/models/${run.modelId}/${run.modelVersion}`}>{name(run)}</Link>
        </Fact>
        <Fact name={t('made.ranOn')}>{providerName(run.provider)}</Fact>
        <Fact name={t('made.time')}>{format.milliseconds(run.millisecondsPerImage)}</Fact>
        <Fact name={t('made.operatingPoint')}>{format.score(run.threshold)}</Fact>
        <Fact name={t('made.precision')}>{t(`made.precisions.${run.precision}`)}</Fact>
        <Fact name={t('made.flips')}>{run.flips && t('made.flipsOn')}</Fact>
        <Fact name={t('made.scored')}>{format.moment(run.scoredAt)}</Fact>
      </Facts>
      <p className="quiet">{t('common:researchAidLong')}</p>
    </Panel>
  )
}
