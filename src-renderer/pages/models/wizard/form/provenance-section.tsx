import { useTranslation } from 'react-i18next'
import classes from './form.module.css'
import { Section } from './section'
import { BilingualField, LinesField, TextField } from './text-fields'

/** Whose model it is, made from what, for what, and where it must not be trusted. */
export function ProvenanceSection() {
  const { t } = useTranslation('models')
  return (
    <Section title={t('wizard.section.provenance')}>
      <div className={classes.pair}>
        <TextField path="licence" label={t('about.licence')} />
        <TextField path="attribution" label={t('about.attribution')} />
      </div>
      <TextField path="trainingData" label={t('about.trainingData')} />
      <BilingualField path="intendedUse" label={t('about.use')} />
      <div className={classes.pair}>
        <LinesField path="limits.en" label={t('wizard.english', { label: t('wizard.field.limits') })} />
        <LinesField path="limits.zh" label={t('wizard.chinese', { label: t('wizard.field.limits') })} />
      </div>
    </Section>
  )
}
