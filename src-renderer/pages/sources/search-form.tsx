import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudyQuery } from '#shared/contract/sources'
import classes from './search-form.module.css'

const fields = ['patientName', 'patientId', 'accession', 'description', 'modality', 'from', 'to'] as const
type Field = (typeof fields)[number]

interface Props {
  onSearch: (query: Partial<StudyQuery>) => void
  busy: boolean
}

/** What to look for; empty fields match anything. */
export function SearchForm({ onSearch, busy }: Props) {
  const { t } = useTranslation('sources')
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const filled = fields.flatMap((field) => {
      const text = typed[field]?.trim()
      return text ? [[field, field === 'modality' ? text.toUpperCase() : text] as const] : []
    })
    onSearch(Object.fromEntries(filled))
  }
  return (
    <search>
      <form className={classes.form} onSubmit={submit}>
        {fields.map((field) => (
          <TextInput
            key={field}
            label={t(`search.${field}`)}
            type={field === 'from' || field === 'to' ? 'date' : 'text'}
            maxLength={field === 'modality' ? 16 : 64}
            value={typed[field] ?? ''}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
          />
        ))}
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />} loading={busy}>
          {t('search.button')}
        </Button>
      </form>
    </search>
  )
}
