import { ActionIcon, MultiSelect, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import { shapeKinds } from '#shared/domain/annotation/shape'
import { SchemaAttributes } from './schema-attributes'
import classes from './schema-dialog.module.css'

interface Props {
  label: SchemaLabel
  onChange: (label: SchemaLabel) => void
  /** Null for the last one: a schema has at least one label. */
  onRemove: (() => void) | null
}

/** A label of the schema, every part of it to be edited. */
export function SchemaRow({ label, onChange, onRemove }: Props) {
  const { t } = useTranslation('annotate')
  const { key, name, colour, hotKey, code, tools } = label
  const field = (value: string, label_: string, say: (text: string) => void, placeholder = label_) => (
    <TextInput
      size="xs"
      aria-label={label_}
      placeholder={placeholder}
      value={value}
      onChange={(event) => say(event.currentTarget.value)}
    />
  )
  const coded = (part: 'scheme' | 'value' | 'meaning', text: string) => {
    const next = { scheme: '', value: '', meaning: '', ...code, [part]: text }
    onChange({ ...label, code: next.scheme || next.value || next.meaning ? next : null })
  }
  return (
    <div className={classes.row}>
      <input
        type="color"
        className={classes.colour}
        aria-label={t('schema.colour')}
        value={colour}
        onChange={(event) => onChange({ ...label, colour: event.currentTarget.value })}
      />
      {field(name.en, t('schema.english'), (en) => onChange({ ...label, name: { ...name, en } }))}
      {field(name.zh, t('schema.chinese'), (zh) => onChange({ ...label, name: { ...name, zh } }))}
      {field(key, t('schema.key'), (next) => onChange({ ...label, key: next }))}
      <TextInput
        size="xs"
        aria-label={t('schema.hotKey')}
        placeholder={t('schema.hotKey')}
        maxLength={1}
        value={hotKey ?? ''}
        onChange={(event) => onChange({ ...label, hotKey: event.currentTarget.value.toLowerCase() || null })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t('schema.remove', { name: name.en })}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
      >
        <IconTrash size={15} />
      </ActionIcon>
      <div className={classes.more}>
        <MultiSelect
          size="xs"
          aria-label={t('schema.tools')}
          placeholder={tools.length === 0 ? t('schema.anyShape') : ''}
          data={shapeKinds.map((value) => ({ value, label: t(`shapes.${value}`) }))}
          value={tools}
          onChange={(chosen) =>
            onChange({ ...label, tools: shapeKinds.filter((kind) => chosen.includes(kind)) })
          }
        />
        {field(
          code?.scheme ?? '',
          `${t('schema.code')}: ${t('schema.scheme')}`,
          (text) => coded('scheme', text),
          'SCT',
        )}
        {field(
          code?.value ?? '',
          `${t('schema.code')}: ${t('schema.value')}`,
          (text) => coded('value', text),
          t('schema.value'),
        )}
        {field(
          code?.meaning ?? '',
          `${t('schema.code')}: ${t('schema.meaning')}`,
          (text) => coded('meaning', text),
          t('schema.meaning'),
        )}
      </div>
      <SchemaAttributes
        attributes={label.attributes}
        onChange={(attributes) => onChange({ ...label, attributes })}
      />
    </div>
  )
}
