import { Button, Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Guess } from '#shared/contract/model-wizard'
import { groupIds } from '../draft-groups'
import { addLabel, labelIds, readLabels, replaceLabels } from '../draft-labels'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { GroupsFields } from './groups-fields'
import { LabelRow } from './label-row'
import { Section } from './section'

/** What the network's columns stand for: edited one by one, or pasted as a list. */
export function LabelsSection({ guesses }: { guesses: readonly Guess[] }) {
  const { t } = useTranslation('models')
  const { values, replace } = useDraft()
  const [lines, setLines] = useState('')
  const ids = labelIds(values)
  const grouped = groupIds(values).length > 0
  const pasted = readLabels(lines)
  return (
    <Section title={t('labels.title')} guesses={guesses} guessed={['labels']}>
      <div className={classes.labels} data-grouped={grouped || undefined}>
        <div className={`${classes.label} ${classes.head}`} aria-hidden>
          <span />
          <span>{t('wizard.label.id')}</span>
          <span>{t('wizard.label.en')}</span>
          <span>{t('wizard.label.zh')}</span>
          <span>{t('wizard.label.scheme')}</span>
          <span>{t('wizard.label.code')}</span>
          {grouped && <span>{t('wizard.label.group')}</span>}
        </div>
        {ids.map((_, place) => (
          // a row stays the same while its id is written anew: focus must not be lost
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the row's identity
          <LabelRow key={place} place={place} />
        ))}
      </div>
      <div className={classes.end}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => replace(addLabel(values))}
        >
          {t('wizard.label.add')}
        </Button>
      </div>
      <details className={classes.advanced}>
        <summary>{t('wizard.label.paste')}</summary>
        <Textarea
          aria-label={t('wizard.label.paste')}
          description={t('wizard.label.pasteHint')}
          rows={4}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
        />
        <div className={classes.end}>
          <Button
            size="xs"
            variant="default"
            disabled={pasted.labels.length === 0}
            onClick={() => {
              replace(replaceLabels(values, pasted))
              setLines('')
            }}
          >
            {t('wizard.label.replace', { count: pasted.labels.length })}
          </Button>
        </div>
      </details>
      <GroupsFields />
    </Section>
  )
}
