import { useTranslation } from 'react-i18next'
import { Panel } from '#renderer/ui/panel'
import type { InstalledModel } from '#shared/contract/models'
import { IntervalPlot } from './charts/interval-plot'
import { ReliabilityPlot } from './charts/reliability-plot'
import { ThresholdPlot } from './charts/threshold-plot'
import { MembersTable } from './evidence/members-table'
import { WeightsTable } from './evidence/weights-table'
import classes from './model-evidence.module.css'

/** How good a model was found to be: plots first, every figure in a table below them. */
export function ModelEvidence({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const { manifest } = model
  const { metrics, reliability, thresholds } = manifest
  return (
    <>
      <Panel title={t('metrics.title')}>
        {metrics.length > 0 ? (
          <IntervalPlot manifest={manifest} />
        ) : (
          <p className="quiet">{t('metrics.none')}</p>
        )}
      </Panel>
      {(thresholds || reliability) && (
        <div className={classes.pair}>
          {thresholds && thresholds.length > 0 && (
            <Panel title={t('thresholds.title')}>
              <ThresholdPlot manifest={manifest} />
            </Panel>
          )}
          {reliability && reliability.bins.length > 0 && (
            <Panel title={t('reliability.title')}>
              <ReliabilityPlot bins={reliability.bins} error={reliability.ece} />
            </Panel>
          )}
        </div>
      )}
      {manifest.ensemble ? (
        <Panel title={t('members.title')}>
          <MembersTable model={model} />
        </Panel>
      ) : (
        <Panel title={t('weights.title')}>
          <WeightsTable model={model} />
        </Panel>
      )}
    </>
  )
}
