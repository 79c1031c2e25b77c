import { useTranslation } from 'react-i18next'
import type { Guess } from '#shared/contract/model-wizard'
import { task } from '#shared/domain/model-manifest/index'
import { ChoiceField } from './choice-fields'
import classes from './form.module.css'
import { Section } from './section'
import { BilingualField, TextField } from './text-fields'

interface Props {
  guesses: readonly Guess[]
  onTask: (task: string) => void
}

/** What the model is called and what it does. Another task asks for another proposal. */
export function AboutSection({ guesses, onTask }: Props) {
  const { t } = useTranslation('models')
  return (
    <Section title={t('wizard.section.about')} guesses={guesses} guessed={['task']}>
      <BilingualField path="name" label={t('wizard.field.name')} />
      <BilingualField path="summary" label={t('wizard.field.summary')} />
      <div className={classes.row}>
        <ChoiceField
          path="task"
          label={t('task.title')}
          options={task.options.map((value) => ({ value, label: t(`task.${value}`) }))}
          onChoice={onTask}
        />
        <TextField path="id" label={t('wizard.field.id')} />
        <TextField path="version" label={t('wizard.field.version')} />
      </div>
    </Section>
  )
}
