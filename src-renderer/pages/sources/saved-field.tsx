import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'

interface Props<Value> {
  className?: string | undefined
  label: string
  value: string
  /** Null where the text is no value. */
  parse: (text: string) => Value | null
  onSave: (value: Value) => void
  /** What to tell where it is none. */
  wrong: string
}

/** A text that is saved when it is left or Enter is pressed. */
export function SavedField<Value>({ className, label, value, parse, onSave, wrong }: Props<Value>) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const parsed = parse(typed)
  const save = () => {
    if (parsed !== null && typed !== value) onSave(parsed)
  }
  return (
    <TextInput
      {...(className ? { className } : {})}
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      error={parsed === null ? wrong : null}
    />
  )
}
