import { ActionIcon, NativeSelect, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupIds } from '../draft-groups'
import { labelId, labelIds, removeLabel, renameLabel } from '../draft-labels'
import { asJson, textAt } from '../json-path'
import { useDraft } from './draft-form'
import classes from './form.module.css'

const schemes = ['', 'SCT', 'GTIN']

/** A label: its colour, id, names, and the code it has elsewhere. */
export function LabelRow({ place }: { place: number }) {
  const { t } = useTranslation('models')
  const { values, set, replace } = useDraft()
  const path = `labels.${place}`
  const id = labelIds(values)[place] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const text = (key: string) => textAt(values, `${path}.${key}`)
  const named = (what: string) => `${what} ${place + 1}`
  const scheme = text('code.scheme')
  const groups = groupIds(values)
  const rename = () => {
    if (typed !== null) replace(renameLabel(values, place, labelId(typed, place + 1)))
    setTyped(null)
  }
  const setCode = (nextScheme: string, value: string) =>
    set(
      `${path}.code`,
      nextScheme ? asJson({ scheme: nextScheme, value, meaning: text('name.en') }) : undefined,
    )
  return (
    <div className={classes.label}>
      <input
        type="color"
        className={classes.colour}
        aria-label={named(t('wizard.label.colour'))}
        value={text('colour')}
        onChange={(event) => set(`${path}.colour`, event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        aria-label={named(t('wizard.label.id'))}
        value={typed ?? id}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      <TextInput
        size="xs"
        aria-label={named(t('wizard.label.en'))}
        value={text('name.en')}
        onChange={(event) => set(`${path}.name.en`, event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        aria-label={named(t('wizard.label.zh'))}
        value={text('name.zh')}
        onChange={(event) => set(`${path}.name.zh`, event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        aria-label={named(t('wizard.label.scheme'))}
        value={scheme}
        onChange={(event) => setCode(event.currentTarget.value, text('code.value'))}
        data={schemes.map((value) => ({ value, label: value || t('wizard.label.noCode') }))}
      />
      <TextInput
        size="xs"
        aria-label={named(t('wizard.label.code'))}
        value={text('code.value')}
        disabled={!scheme}
        onChange={(event) => setCode(scheme, event.currentTarget.value)}
      />
      {groups.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={named(t('wizard.label.group'))}
          value={text('group')}
          onChange={(event) => set(`${path}.group`, event.currentTarget.value || undefined)}
          data={[{ value: '', label: t('wizard.label.noGroup') }, ...groups]}
        />
      )}
      <ActionIcon
        variant="subtle"
        aria-label={t('wizard.label.remove', { label: id })}
        onClick={() => replace(removeLabel(values, place))}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
