import { useTranslation } from 'react-i18next'
import { intensityChoices, normalisations } from '../choices'
import { asJson, textAt, valueAt } from '../json-path'
import { ChoiceField } from './choice-fields'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { NumberField, NumbersField } from './number-fields'

/** How pixel values come into the network's range. */
export function IntensityFields() {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const kind = textAt(values, 'input.intensity.kind')
  const shown = Object.values(intensityChoices).find((one) => one.kind === kind)
  const number = (key: 'divisor' | 'low' | 'high' | 'centre' | 'width' | 'sampleSlices') =>
    shown && key in shown ? (
      <NumberField key={`${kind} ${key}`} path={`input.intensity.${key}`} label={t(`wizard.field.${key}`)} />
    ) : null
  return (
    <>
      <div className={classes.row}>
        <ChoiceField
          path="input.intensity.kind"
          label={t('wizard.field.intensity')}
          options={Object.values(intensityChoices).map((one) => ({
            value: one.kind,
            label: t(`wizard.intensity.${one.kind}`),
          }))}
          onChoice={(value) => {
            const next = Object.values(intensityChoices).find((one) => one.kind === value)
            if (next) set('input.intensity', asJson(next))
          }}
        />
        {number('divisor')}
        {number('low')}
        {number('high')}
        {number('centre')}
        {number('width')}
        {number('sampleSlices')}
        {shown && 'mean' in shown && (
          <>
            <NumbersField path="input.intensity.mean" label={t('wizard.field.mean')} />
            <NumbersField path="input.intensity.std" label={t('wizard.field.std')} />
          </>
        )}
      </div>
      {kind === 'scale' && <Ready />}
    </>
  )
}

/** Customary normalisations at a click. */
function Ready() {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const now = valueAt(values, 'input.intensity')
  const same = (name: keyof typeof normalisations) =>
    JSON.stringify(asJson({ kind: 'scale', ...normalisations[name] })) === JSON.stringify(now)
  return (
    <fieldset className={classes.ready}>
      <legend>{t('wizard.ready.title')}</legend>
      {(['unit', 'signed', 'imagenet', 'bytes'] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={same(name)}
          onClick={() => set('input.intensity', asJson({ kind: 'scale', ...normalisations[name] }))}
        >
          {t(`wizard.ready.${name}`)}
        </button>
      ))}
    </fieldset>
  )
}
