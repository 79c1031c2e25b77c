import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { listAt, textAt } from '../json-path'
import { useDraft, useProblem } from './draft-form'
import classes from './form.module.css'

interface Props {
  path: string
  label: string
  description?: string
}

export function TextField({ path, label, description }: Props) {
  const { values, set } = useDraft()
  const error = useProblem(path)
  return (
    <TextInput
      label={label}
      description={description}
      value={textAt(values, path)}
      error={error}
      onChange={(event) => set(path, event.currentTarget.value)}
    />
  )
}

/** A text in both languages of the app, side by side. */
export function BilingualField({ path, label }: Props) {
  const { t } = useTranslation('models')
  return (
    <div className={classes.pair}>
      <TextField path={`${path}.en`} label={t('wizard.english', { label })} />
      <TextField path={`${path}.zh`} label={t('wizard.chinese', { label })} />
    </div>
  )
}

/** A list of texts, one a line. */
export function LinesField({ path, label, description }: Props) {
  const { values, set } = useDraft()
  const error = useProblem(path)
  const lines = listAt(values, path).filter((line) => typeof line === 'string')
  return (
    <Textarea
      label={label}
      description={description}
      autosize={false}
      rows={3}
      defaultValue={lines.join('\n')}
      error={error}
      onChange={(event) =>
        set(
          path,
          event.currentTarget.value
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        )
      }
    />
  )
}
