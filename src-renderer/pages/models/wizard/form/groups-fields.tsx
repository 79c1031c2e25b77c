import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addGroup, groupIds, removeGroup, renameGroup } from '../draft-groups'
import { textAt } from '../json-path'
import { useDraft } from './draft-form'
import classes from './form.module.css'

/** Coarser labels over several fine ones; their probability is the sum of their labels'. */
export function GroupsFields() {
  const { t } = useTranslation('models')
  const { values, replace } = useDraft()
  const ids = groupIds(values)
  return (
    <fieldset className={classes.groups}>
      <legend>{t('wizard.group.title')}</legend>
      <p className="quiet">{t('wizard.group.about')}</p>
      {ids.map((_, place) => (
        // a row stays the same while its id is written anew: focus must not be lost
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the row's identity
        <GroupRow key={place} place={place} />
      ))}
      <div className={classes.end}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => replace(addGroup(values))}
        >
          {t('wizard.group.add')}
        </Button>
      </div>
    </fieldset>
  )
}

function GroupRow({ place }: { place: number }) {
  const { t } = useTranslation('models')
  const { values, set, replace } = useDraft()
  const id = groupIds(values)[place] ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const named = (what: string) => t('wizard.group.of', { what, number: place + 1 })
  const rename = () => {
    if (typed !== null) replace(renameGroup(values, place, typed))
    setTyped(null)
  }
  return (
    <div className={classes.group}>
      <TextInput
        size="xs"
        aria-label={named(t('wizard.label.id'))}
        value={typed ?? id}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      {(['en', 'zh'] as const).map((language) => (
        <TextInput
          key={language}
          size="xs"
          aria-label={named(t(`wizard.label.${language}`))}
          value={textAt(values, `groups.${place}.name.${language}`)}
          onChange={(event) => set(`groups.${place}.name.${language}`, event.currentTarget.value)}
        />
      ))}
      <ActionIcon
        variant="subtle"
        aria-label={t('wizard.group.remove', { group: id })}
        onClick={() => replace(removeGroup(values, place))}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
