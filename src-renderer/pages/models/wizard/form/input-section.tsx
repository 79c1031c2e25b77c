import { useTranslation } from 'react-i18next'
import type { Guess } from '#shared/contract/model-wizard'
import { channelChoices, sizeChoices } from '../choices'
import { asJson, textAt, valueAt } from '../json-path'
import { ChoiceField } from './choice-fields'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { IntensityFields } from './intensity-fields'
import { NumberField, NumbersField } from './number-fields'
import { Section } from './section'

/** Numbers of the size policies; each has some of them. */
const sizeFields = [
  'rows',
  'columns',
  'shortSide',
  'fill',
  'overlap',
  'millimetres',
  'multiple',
  'maxSide',
  'unknownSpacingLongestSide',
] as const

/** How a picture comes into the network: its size, its channels and their range. */
export function InputSection({ guesses }: { guesses: readonly Guess[] }) {
  const { t } = useTranslation('models')
  return (
    <Section
      title={t('wizard.section.input')}
      guesses={guesses}
      guessed={['free-size', 'channel-order', 'intensity']}
    >
      <SizeFields />
      <ChannelFields />
      <IntensityFields />
    </Section>
  )
}

function SizeFields() {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const choices = sizeChoices(valueAt(values, 'input.size') ?? {})
  const policy = textAt(values, 'input.size.policy')
  const number = (key: (typeof sizeFields)[number]) => (
    <NumberField key={`${policy} ${key}`} path={`input.size.${key}`} label={t(`wizard.field.${key}`)} />
  )
  const shown = Object.values(choices).find((one) => one.policy === policy)
  return (
    <div className={classes.row}>
      <ChoiceField
        path="input.size.policy"
        label={t('wizard.field.size')}
        options={Object.values(choices).map((one) => ({
          value: one.policy,
          label: t(`wizard.size.${one.policy}`),
        }))}
        onChoice={(value) => {
          const next = Object.values(choices).find((one) => one.policy === value)
          if (next) set('input.size', asJson(next))
        }}
      />
      {shown && sizeFields.filter((key) => key in shown).map(number)}
      {shown && 'align' in shown && (
        <ChoiceField
          path="input.size.align"
          label={t('wizard.field.align')}
          options={(['centre', 'top-left'] as const).map((value) => ({
            value,
            label: t(`wizard.align.${value}`),
          }))}
        />
      )}
      {shown && 'filter' in shown && (
        <ChoiceField
          path="input.size.filter"
          label={t('wizard.field.filter')}
          options={(['bilinear', 'antialias'] as const).map((value) => ({
            value,
            label: t(`wizard.filter.${value}`),
          }))}
        />
      )}
    </div>
  )
}

function ChannelFields() {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const kind = textAt(values, 'input.channels.kind')
  return (
    <div className={classes.row}>
      <ChoiceField
        path="input.channels.kind"
        label={t('wizard.field.channels')}
        options={Object.values(channelChoices).map((one) => ({
          value: one.kind,
          label: t(`wizard.channels.${one.kind}`),
        }))}
        onChoice={(value) => {
          const next = Object.values(channelChoices).find((one) => one.kind === value)
          if (next) set('input.channels', asJson(next))
        }}
      />
      {kind === 'grey' && <NumberField path="input.channels.count" label={t('wizard.field.count')} />}
      {kind === 'neighbours' && (
        <NumbersField path="input.channels.offsets" label={t('wizard.field.offsets')} />
      )}
      <ChoiceField
        path="input.layout"
        label={t('wizard.field.layout')}
        options={['NCHW', 'NHWC'].map((value) => ({ value, label: value }))}
      />
      <ChoiceField
        path="input.type"
        label={t('wizard.field.type')}
        options={['float32', 'float16', 'uint8'].map((value) => ({ value, label: value }))}
      />
    </div>
  )
}
