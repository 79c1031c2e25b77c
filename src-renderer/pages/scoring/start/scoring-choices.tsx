import { NativeSelect, Slider, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ModelSelect, useScoringModels } from '#renderer/app/model-select'
import { useProviderName } from '#renderer/app/provider-names'
import { useFormat } from '#renderer/ui/format'
import type { ScoringRequest } from '#shared/contract/scoring'
import type { Precision } from '#shared/domain/model-manifest/files'
import { modelName } from '#shared/domain/model-manifest/index'
import { FlipsChoice } from './flips-choice'
import classes from './start-dialog.module.css'

type ProviderChoice = ScoringRequest['provider']

export interface Choices {
  /** `id@version`; null: the active model that fits each image. */
  model: string | null
  /** Null: as in the settings. */
  provider: ProviderChoice | null
  /** Null: the model's own operating point. */
  threshold: number | null
  /** Null: the weights preferred for the model. */
  precision: Precision | null
  flips: boolean
}

const providers: readonly ProviderChoice[] = ['auto', 'coreml', 'directml', 'cuda', 'webgpu', 'cpu', 'wasm']

interface Props {
  choices: Choices
  preferred: ProviderChoice
  onChange: (choices: Choices) => void
}

/** Model, provider, weights, mirror images and threshold, each with a sound default. */
export function ScoringChoices({ choices, preferred, onChange }: Props) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  const providerName = useProviderName()
  const models = useScoringModels()
  const chosen = models.find(({ manifest }) => modelName(manifest) === choices.model)
  const usual = chosen?.manifest.operatingPoint.threshold ?? 0.5
  const weights = chosen?.manifest.weights ?? []
  return (
    <div className={classes.choices}>
      <ModelSelect
        label={t('start.model')}
        value={choices.model}
        onChange={(model) => onChange({ ...choices, model, precision: null, threshold: null })}
      />
      <NativeSelect
        label={t('start.provider')}
        value={choices.provider ?? preferred}
        onChange={(event) => {
          const provider = providers.find((known) => known === event.currentTarget.value)
          if (provider) onChange({ ...choices, provider })
        }}
        data={providers.map((provider) => ({ value: provider, label: providerName(provider) }))}
      />
      {weights.length > 1 && (
        <NativeSelect
          label={t('start.precision')}
          value={choices.precision ?? ''}
          onChange={(event) => {
            const known = weights.find(({ precision }) => precision === event.currentTarget.value)
            onChange({ ...choices, precision: known?.precision ?? null })
          }}
          data={[
            { value: '', label: t('start.precisionUsual') },
            ...weights.map(({ precision }) => ({
              value: precision,
              label: t(`start.precisions.${precision}`),
            })),
          ]}
        />
      )}
      <div className={classes.threshold}>
        <FlipsChoice
          model={chosen ?? null}
          precision={choices.precision}
          checked={choices.flips}
          onChange={(flips) => onChange({ ...choices, flips })}
        />
        <Switch
          label={t('start.operatingPoint')}
          checked={choices.threshold === null}
          onChange={(event) =>
            onChange({ ...choices, threshold: event.currentTarget.checked ? null : usual })
          }
        />
        {choices.threshold !== null && (
          <div className={classes.slider}>
            <Slider
              min={0.01}
              max={0.99}
              step={0.01}
              value={choices.threshold}
              label={null}
              thumbProps={{ 'aria-label': t('start.threshold') }}
              onChange={(threshold) => onChange({ ...choices, threshold })}
            />
            <output>{format.score(choices.threshold)}</output>
          </div>
        )}
      </div>
    </div>
  )
}
