import { Button, SegmentedControl } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { Keys } from '#renderer/ui/keys'
import { Panel } from '#renderer/ui/panel'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { InstalledModel } from '#shared/contract/models'
import type { Run } from '../use-run'
import classes from './machine.module.css'
import { Refused } from './refused'
import { TimingBars } from './timing-bars'
import { progress } from './timings'

interface Props {
  model: InstalledModel
  bench: Run
  verify: Run
}

/** Where a model runs on this computer and how fast, each file of it on each provider; and why not elsewhere. */
export function MachinePanel({ model, bench, verify }: Props) {
  const { t } = useTranslation('models')
  const since = bench.since ?? verify.since
  return (
    <Panel
      title={t('machine.title')}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconGauge size={16} aria-hidden />}
          rightSection={<Keys of="b" />}
          loading={bench.running}
          disabled={verify.running || model.fault !== null}
          onClick={bench.run}
        >
          {t('bench.button')}
        </Button>
      }
    >
      {since && <RunProgress model={model} since={since} />}
      {model.trials.length === 0 && !since ? (
        <p className="quiet">{t('trials.none')}</p>
      ) : (
        <>
          <TimingBars model={model} />
          <PrecisionChoice model={model} />
          <Refused trials={model.trials} />
        </>
      )}
    </Panel>
  )
}

function RunProgress({ model, since }: { model: InstalledModel; since: string }) {
  const { t } = useTranslation('models')
  const { ended, total } = progress(model, since)
  return (
    <div className={classes.progress} aria-live="polite">
      <p className="quiet">{t('bench.progress', { ended, total })}</p>
      <ProgressBar value={ended / total} label={t('bench.running')} />
    </div>
  )
}

/** Which file scoring uses; nothing where there is one. */
function PrecisionChoice({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const { id, version, weights } = model.manifest
  const set = useMutation(
    api.models.setPrecision.mutationOptions({
      onError: toastError,
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
    }),
  )
  if (weights.length < 2) return null
  const shown = set.isPending ? set.variables.precision : model.precision
  return (
    <div className={classes.choice}>
      <span id="precision">{t('precision.use')}</span>
      <SegmentedControl
        size="xs"
        aria-labelledby="precision"
        value={shown ?? model.precision}
        onChange={(value) => {
          const precision = weights.find((file) => file.precision === value)?.precision
          if (precision) set.mutate({ id, version, precision })
        }}
        data={weights.map(({ precision }) => ({ value: precision, label: t(`precision.${precision}`) }))}
      />
    </div>
  )
}
