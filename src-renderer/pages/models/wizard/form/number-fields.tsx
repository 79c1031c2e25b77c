import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Json, valueAt } from '../json-path'
import { useDraft, useProblem } from './draft-form'

interface Props {
  path: string
  label: string
  description?: string
  /** What holds while there is no value. */
  placeholder?: string
}

const numbersIn = (text: string) =>
  text
    .split(/[\s,，;]+/)
    .filter(Boolean)
    .map(Number)

const written = (value: Json | undefined) =>
  Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value)

/** What is typed and what it stands for: a text that is no number removes the value, and the field says so. */
function useTyped(path: string, read: (text: string) => Json | undefined) {
  const { values, set } = useDraft()
  const value = valueAt(values, path)
  const [typed, setTyped] = useState(written(value))
  const error = useProblem(path)
  const stands = JSON.stringify(read(typed))
  const kept = JSON.stringify(value)
  useEffect(() => {
    if (stands !== kept && kept !== undefined) setTyped(written(JSON.parse(kept)))
  }, [stands, kept])
  return {
    value: typed,
    error,
    onChange: (text: string) => {
      setTyped(text)
      set(path, read(text))
    },
  }
}

const oneNumber = (text: string): Json | undefined => {
  const number = Number(text)
  return text.trim() === '' || Number.isNaN(number) ? undefined : number
}

export function NumberField({ path, label, description, placeholder }: Props) {
  const { onChange, ...rest } = useTyped(path, oneNumber)
  return (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      inputMode="decimal"
      {...rest}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const severalNumbers = (text: string): Json | undefined => {
  const numbers = numbersIn(text)
  return numbers.length === 0 || numbers.some(Number.isNaN) ? undefined : numbers
}

/** One number for all channels or one for each, separated by commas. */
export function NumbersField({ path, label, description }: Props) {
  const { onChange, ...rest } = useTyped(path, severalNumbers)
  return (
    <TextInput
      label={label}
      description={description}
      {...rest}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
