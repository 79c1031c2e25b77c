import { NativeSelect, Switch } from '@mantine/core'
import { textAt, valueAt } from '../json-path'
import { useDraft, useProblem } from './draft-form'
import classes from './form.module.css'

export interface Option {
  value: string
  label: string
}

interface Props {
  path: string
  label: string
  options: readonly Option[]
  /** What else a choice changes; without it the value itself is set. */
  onChoice?: (value: string) => void
}

export function ChoiceField({ path, label, options, onChoice }: Props) {
  const { values, set } = useDraft()
  const error = useProblem(path)
  return (
    <NativeSelect
      label={label}
      value={textAt(values, path)}
      error={error}
      onChange={(event) => {
        const { value } = event.currentTarget
        if (onChoice) onChoice(value)
        else set(path, value)
      }}
      data={[...options]}
    />
  )
}

export function SwitchField({ path, label }: Omit<Props, 'options' | 'onChoice'>) {
  const { values, set } = useDraft()
  return (
    <Switch
      className={classes.switch}
      label={label}
      checked={valueAt(values, path) === true}
      onChange={(event) => set(path, event.currentTarget.checked)}
    />
  )
}
