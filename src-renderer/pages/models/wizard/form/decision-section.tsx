import { NativeSelect, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { labelIds } from '../draft-labels'
import { listAt, textAt, valueAt } from '../json-path'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { NumberField } from './number-fields'
import { Section } from './section'
import { TextField } from './text-fields'

/** From which probability on something is a finding, how that was chosen, and what is dropped afterwards. */
export function DecisionSection() {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { values, set } = useDraft()
  const value = valueAt(values, 'operatingPoint.threshold')
  const single = listAt(values, 'outputs').some((output) => textAt(output, 'decode') === 'softmax')
  const threshold = typeof value === 'number' ? value : 0.5
  return (
    <Section title={t('wizard.section.decision')}>
      <div className={classes.slider}>
        <span>{t('about.operatingPoint')}</span>
        <Slider
          min={0.01}
          max={0.99}
          step={0.01}
          value={threshold}
          label={null}
          thumbProps={{ 'aria-label': t('about.operatingPoint') }}
          onChange={(next) => set('operatingPoint.threshold', next)}
        />
        <output>{format.score(threshold)}</output>
      </div>
      {single && (
        <NativeSelect
          label={t('wizard.field.calledFirst')}
          description={t('wizard.field.calledFirstHint')}
          value={textAt(values, 'operatingPoint.label')}
          onChange={(event) => set('operatingPoint.label', event.currentTarget.value || undefined)}
          data={[{ value: '', label: t('wizard.field.likeliest') }, ...labelIds(values)]}
        />
      )}
      <TextField path="operatingPoint.chosen" label={t('about.chosenBy')} />
      <div className={classes.row}>
        <NumberField path="postprocess.minAreaPx" label={t('wizard.field.minAreaPx')} />
        <NumberField path="postprocess.minVolumeMm3" label={t('wizard.field.minVolumeMm3')} />
      </div>
    </Section>
  )
}
