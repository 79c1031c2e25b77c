import { Button, Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { DataSet } from '#shared/contract/datasets'
import { type DataSetQuestion, dataSetQuestion } from '#shared/domain/data-set/question'
import classes from './question-dialog.module.css'

interface Props {
  /** Null for a new one. */
  set: DataSet | null
  onClose: () => void
  onSaved?: (set: DataSet) => void
}

/** Asks for the question of a data set and tells at once what it finds. */
export default function QuestionDialog({ set, onClose, onSaved }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const format = useFormat()
  const queries = useQueryClient()
  const [name, setName] = useState(set?.name ?? '')
  const [schemaId, setSchemaId] = useState(set?.schemaId ?? null)
  const [question, setQuestion] = useState<DataSetQuestion>(set?.question ?? dataSetQuestion.parse({}))
  const overview = useQuery(api.library.overview.queryOptions())
  const choices = useQuery(api.datasets.choices.queryOptions({ staleTime: 0 }))
  const schemas = useQuery(api.annotations.schemas.queryOptions())
  const found = useQuery(
    api.datasets.ask.queryOptions({ input: { question }, placeholderData: keepPreviousData }),
  )
  const saved = (one: DataSet) => {
    void queries.invalidateQueries({ queryKey: api.datasets.key() })
    onSaved?.(one)
    onClose()
  }
  const create = useMutation(api.datasets.create.mutationOptions({ onSuccess: saved }))
  const update = useMutation(api.datasets.update.mutationOptions({ onSuccess: saved }))
  const error = create.error ?? update.error

  const change = (part: Partial<Record<keyof DataSetQuestion, unknown>>) => {
    const next = Object.fromEntries(
      Object.entries({ ...question, ...part }).filter(
        ([, value]) => value !== '' && value !== null && !emptyList(value),
      ),
    )
    const checked = dataSetQuestion.safeParse(next)
    if (checked.success) setQuestion(checked.data)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const draft = { name: name.trim(), question, schemaId }
    if (set) update.mutate({ ...draft, dataSetId: set.id })
    else create.mutate(draft)
  }
  const modalities = overview.data?.modalities.map(({ modality }) => modality) ?? []
  const { images = 0, annotated = 0, subjects = 0 } = found.data ?? {}
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(set ? 'edit.change' : 'edit.create')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          className={classes.wide ?? ''}
          label={t('edit.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={80}
          data-autofocus
        />
        <TextInput
          label={t('edit.search')}
          placeholder={t('edit.searchHint')}
          value={question.search ?? ''}
          onChange={(event) => change({ search: event.currentTarget.value })}
        />
        <TextInput
          label={t('edit.path')}
          value={question.path ?? ''}
          onChange={(event) => change({ path: event.currentTarget.value })}
        />
        <Select
          label={t('edit.modality')}
          placeholder={t('edit.anyModality')}
          data={modalities}
          value={question.modality ?? null}
          onChange={(modality) => change({ modality })}
          clearable
        />
        <Select
          label={t('edit.annotated')}
          data={(['both', 'yes', 'no'] as const).map((value) => ({ value, label: t(`edit.${value}`) }))}
          value={question.annotated}
          onChange={(value) => change({ annotated: value ?? 'both' })}
          allowDeselect={false}
        />
        <MultiSelect
          label={t('edit.labels')}
          placeholder={question.labels ? '' : t('edit.any')}
          data={choices.data?.labels ?? question.labels ?? []}
          value={question.labels ?? []}
          onChange={(labels) => change({ labels })}
          searchable
          clearable
        />
        <MultiSelect
          label={t('edit.readers')}
          placeholder={question.readers ? '' : t('edit.any')}
          data={choices.data?.readers ?? question.readers ?? []}
          value={question.readers ?? []}
          onChange={(readers) => change({ readers })}
          clearable
        />
        <TextInput
          type="date"
          label={t('edit.from')}
          value={question.from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('edit.to')}
          value={question.to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value })}
        />
        <Select
          className={classes.wide ?? ''}
          label={t('edit.schema')}
          placeholder={t('edit.noSchema')}
          data={schemas.data?.map(({ id }) => id) ?? []}
          value={schemaId}
          onChange={setSchemaId}
          clearable
        />
        <p className={classes.found} role="status" data-none={images === 0}>
          {images === 0 && found.isSuccess
            ? t('edit.none')
            : t('edit.found', {
                images: format.whole(images),
                annotated: format.whole(annotated),
                subjects: format.whole(subjects),
              })}
        </p>
        {error && <FaultNote fault={faultFrom(error)} />}
        <div className={classes.wide}>
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              type="submit"
              loading={create.isPending || update.isPending}
              disabled={name.trim() === ''}
            >
              {t('edit.save')}
            </Button>
          </DialogActions>
        </div>
      </form>
    </Modal>
  )
}

const emptyList = (value: unknown) => Array.isArray(value) && value.length === 0
