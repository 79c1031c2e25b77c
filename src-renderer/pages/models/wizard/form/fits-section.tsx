import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Guess } from '#shared/contract/model-wizard'
import { listAt } from '../json-path'
import { ChoiceField } from './choice-fields'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { Section } from './section'

/** The pictures the model is made for. */
export function FitsSection({ guesses }: { guesses: readonly Guess[] }) {
  const { t } = useTranslation('models')
  return (
    <Section title={t('fits.title')} guesses={guesses} guessed={['domain']}>
      <div className={classes.row}>
        <ChoiceField
          path="fits.domain"
          label={t('domain.title')}
          options={(['medical', 'retail', 'any'] as const).map((value) => ({
            value,
            label: t(`domain.${value}`),
          }))}
        />
        <ChoiceField
          path="fits.colour"
          label={t('wizard.field.colour')}
          options={(['grey', 'colour', 'any'] as const).map((value) => ({
            value,
            label: t(`fits.colour.${value}`),
          }))}
        />
        <CodesField path="fits.modalities" label={t('wizard.field.modalities')} />
        <CodesField path="fits.bodyParts" label={t('wizard.field.bodyParts')} />
      </div>
    </Section>
  )
}

/** Codes separated by commas; none means any. */
function CodesField({ path, label }: { path: string; label: string }) {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const [typed, setTyped] = useState(listAt(values, path).join(', '))
  return (
    <TextInput
      label={label}
      placeholder={t('wizard.anyCode')}
      value={typed}
      onChange={(event) => {
        const { value } = event.currentTarget
        setTyped(value)
        set(
          path,
          value
            .split(/[\s,，]+/)
            .filter(Boolean)
            .map((code) => code.toUpperCase()),
        )
      }}
    />
  )
}
