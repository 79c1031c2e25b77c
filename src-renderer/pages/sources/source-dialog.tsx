import '@mantine/core/styles/PasswordInput.css'
import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, client } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Source, SourceDraft } from '#shared/domain/source'
import { DimseFields } from './dimse-fields'
import { type DraftForm, draftOf, formOf } from './draft-form'
import classes from './source-dialog.module.css'
import { VerdictNote } from './verdict-note'
import { WebFields } from './web-fields'

interface Props {
  /** Null: a new one. */
  source: Source | null
  onClose: () => void
  onSaved: (source: Source) => void
}

/** Sets up an archive, and tries the connection before it is kept. */
export default function SourceDialog({ source, onClose, onSaved }: Props) {
  const { t } = useTranslation(['sources', 'common'])
  const queries = useQueryClient()
  const [form, setForm] = useState(() => formOf(source))
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set())
  const test = useMutation(api.sources.test.mutationOptions())
  const save = useMutation({
    mutationFn: (draft: SourceDraft) =>
      source ? client.sources.change({ sourceId: source.id, draft }) : client.sources.add(draft),
    onSuccess: (saved) => {
      void queries.invalidateQueries({ queryKey: api.sources.list.key() })
      onSaved(saved)
    },
  })
  const change = (part: Partial<DraftForm>) => {
    setForm({ ...form, ...part })
    setWrong(new Set())
    test.reset()
    save.reset()
  }
  const checked = (act: (draft: SourceDraft) => void) => {
    const made = draftOf(form)
    if ('draft' in made) act(made.draft)
    else setWrong(made.wrong)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    checked((draft) => save.mutate(draft))
  }
  const errorOf = (field: string) => (wrong.has(field) ? t(`wrong.${knownField(field)}`) : null)
  const fields = { form, change, errorOf, secretKept: source?.secretKept ?? false }
  return (
    <Modal
      opened
      onClose={onClose}
      title={source ? t('dialog.edit', { name: source.name }) : t('dialog.add')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t('field.name')}
          description={t('field.nameAbout')}
          value={form.name}
          maxLength={64}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={errorOf('name')}
          data-autofocus
        />
        <SegmentedControl
          aria-label={t('field.kind')}
          value={form.kind}
          onChange={(kind) => change({ kind })}
          data={[
            { value: 'dicomweb', label: t('kind.dicomweb') },
            { value: 'dimse', label: t('kind.dimse') },
          ]}
        />
        {form.kind === 'dicomweb' ? <WebFields {...fields} /> : <DimseFields {...fields} />}
        {test.data && <VerdictNote verdict={test.data} />}
        {test.isError && <FaultNote fault={faultFrom(test.error)} />}
        {save.isError && <FaultNote fault={faultFrom(save.error)} />}
        <DialogActions>
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} aria-hidden />}
            loading={test.isPending}
            onClick={() =>
              checked((draft) => test.mutate(source ? { draft, sourceId: source.id } : { draft }))
            }
          >
            {t('test')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}

const fieldsWithText = [
  'name',
  'url',
  'user',
  'header',
  'secret',
  'host',
  'port',
  'calledAe',
  'callingAe',
  'certificate',
] as const

const knownField = (field: string) => fieldsWithText.find((known) => known === field) ?? 'other'
