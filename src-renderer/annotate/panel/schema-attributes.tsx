import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelAttribute } from '#shared/domain/annotation/label-schema'
import classes from './schema-dialog.module.css'

const types = ['select', 'number', 'text'] as const

/** The questions that a label asks. */
export function SchemaAttributes({
  attributes,
  onChange,
}: {
  attributes: readonly LabelAttribute[]
  onChange: (attributes: LabelAttribute[]) => void
}) {
  const { t } = useTranslation('annotate')
  const add = () => {
    const key = `question-${attributes.length + 1}`
    onChange([...attributes, { type: 'text', key, name: { en: key, zh: key } }])
  }
  return (
    <div className={classes.attributes}>
      {attributes.map((attribute, at) => (
        <Question
          // biome-ignore lint/suspicious/noArrayIndexKey: keys are edited here, rows keep their place
          key={at}
          attribute={attribute}
          onChange={(next) => onChange([...attributes].with(at, next))}
          onRemove={() => onChange([...attributes].toSpliced(at, 1))}
        />
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconPlus size={12} />}
        onClick={add}
      >
        {t('schema.ask')}
      </Button>
    </div>
  )
}

interface QuestionProps {
  attribute: LabelAttribute
  onChange: (attribute: LabelAttribute) => void
  onRemove: () => void
}

function Question({ attribute, onChange, onRemove }: QuestionProps) {
  const { t } = useTranslation('annotate')
  const { key, name } = attribute
  const turn = (type: string) => {
    if (type === 'number') onChange({ type, key, name, unit: '', least: null, most: null })
    else if (type === 'select')
      onChange({ type, key, name, several: false, options: optionsOf('yes = Yes / 是; no = No / 否') })
    else onChange({ type: 'text', key, name })
  }
  return (
    <div className={classes.question}>
      <NativeSelect
        size="xs"
        aria-label={t('schema.kind')}
        value={attribute.type}
        onChange={(event) => turn(event.currentTarget.value)}
        data={types.map((value) => ({ value, label: t(`schema.kinds.${value}`) }))}
      />
      <TextInput
        size="xs"
        aria-label={t('schema.english')}
        value={name.en}
        onChange={(event) => onChange({ ...attribute, name: { ...name, en: event.currentTarget.value } })}
      />
      <TextInput
        size="xs"
        aria-label={t('schema.chinese')}
        value={name.zh}
        onChange={(event) => onChange({ ...attribute, name: { ...name, zh: event.currentTarget.value } })}
      />
      {attribute.type === 'select' && <Options attribute={attribute} onChange={onChange} />}
      {attribute.type === 'number' && (
        <TextInput
          size="xs"
          aria-label={t('schema.unit')}
          placeholder={t('schema.unit')}
          value={attribute.unit}
          onChange={(event) => onChange({ ...attribute, unit: event.currentTarget.value })}
        />
      )}
      {attribute.type === 'text' && <span />}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('schema.remove', { name: name.en })}
        onClick={onRemove}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </div>
  )
}

type Choice = Extract<LabelAttribute, { type: 'select' }>

/** Answers in one line: `key = English / Chinese; …`, taken over when the field is left. */
function Options({ attribute, onChange }: { attribute: Choice; onChange: (attribute: Choice) => void }) {
  const { t } = useTranslation('annotate')
  const [text, setText] = useState(textOf(attribute.options))
  const leave = () => {
    const options = optionsOf(text)
    if (options.length > 0) onChange({ ...attribute, options })
    setText(textOf(options.length > 0 ? options : attribute.options))
  }
  return (
    <TextInput
      size="xs"
      aria-label={t('schema.options')}
      title={t('schema.optionsHelp')}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}

const textOf = (options: Choice['options']) =>
  options.map(({ key, name }) => `${key} = ${name.en} / ${name.zh}`).join('; ')

function optionsOf(text: string): Choice['options'] {
  return text.split(';').flatMap((part) => {
    const [key = '', names = ''] = part.split('=').map((each) => each.trim())
    const [en = '', zh = ''] = names.split('/').map((each) => each.trim())
    const clean = key.replaceAll(/[^A-Za-z0-9_.-]+/gu, '-').replace(/^-+/u, '')
    return clean ? [{ key: clean, name: { en: en || clean, zh: zh || en || clean } }] : []
  })
}
