import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { Button, Modal, NativeSelect } from '@mantine/core'
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { useSaveSettings } from '#renderer/app/settings'
import { toast, toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { type LabelSchema, labelSchema, type SchemaLabel } from '#shared/domain/annotation/label-schema'
import classes from './schema-dialog.module.css'
import { SchemaRow } from './schema-row'

interface Props {
  schema: LabelSchema
  photographs: boolean
  onClose: () => void
}

const newLabel = (labels: readonly SchemaLabel[]): SchemaLabel => {
  const key = Array.from({ length: labels.length + 1 }, (_, at) => `label-${at + 1}`).find(
    (each) => !labels.some((label) => label.key === each),
  )
  const colour = `hsl(${(labels.length * 137.5) % 360} 70% 62%)`
  return {
    key: key ?? crypto.randomUUID(),
    name: { en: '', zh: '' },
    colour: hexOf(colour),
    hotKey: null,
    code: null,
    tools: [],
    attributes: [],
  }
}

/** Labels to draw with: names, colours, keys, shapes, questions; kept as versions, shared as files. */
export default function SchemaDialog({ schema, photographs, onClose }: Props) {
  const { t } = useTranslation(['annotate', 'common'])
  const inLanguage = useBilingual()
  const queries = useQueryClient()
  const [labels, setLabels] = useState(schema.labels)
  const file = useRef<HTMLInputElement>(null)
  const schemas = useQuery(api.annotations.schemas.queryOptions())
  const settings = useSaveSettings()
  const fresh = () => queries.invalidateQueries({ queryKey: api.annotations.key() })
  const use = (id: string) =>
    settings.mutate(photographs ? { auditLabels: id } : { examinationLabels: id }, { onError: toastError })

  const save = useMutation(
    api.annotations.saveSchema.mutationOptions({
      onSuccess: ({ version }) => {
        void toast(t('schema.saved', { version }), 'good')
        void fresh()
        onClose()
      },
    }),
  )
  const take = useMutation(
    api.annotations.importSchema.mutationOptions({
      onSuccess: ({ id, name, version }) => {
        void toast(t('schema.imported', { name: inLanguage(name), version }), 'good')
        use(id)
        void fresh()
        onClose()
      },
      onError: toastError,
    }),
  )
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    const parsed = labelSchema.safeParse(
      await chosen
        .text()
        .then(JSON.parse)
        .catch(() => null),
    )
    if (parsed.success) take.mutate(parsed.data)
    else void toast(parsed.error.issues[0]?.message ?? '', 'bad', t('schema.invalid'))
  }
  const change = (at: number, label: SchemaLabel) => setLabels(labels.with(at, label))
  const draft = { ...schema, labels: labels.map(named) }
  const valid = labelSchema.safeParse(draft).success
  const changed = JSON.stringify(draft.labels) !== JSON.stringify(schema.labels)
  return (
    <Modal
      opened
      onClose={onClose}
      size={960}
      title={`${t('schema.title')}: ${inLanguage(schema.name)}`}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.head}>
        <NativeSelect
          size="xs"
          label={t('schema.use')}
          value={schema.id}
          onChange={(event) => {
            use(event.currentTarget.value)
            onClose()
          }}
          data={(schemas.data ?? []).map(({ id, name, version }) => ({
            value: id,
            label: `${inLanguage(name)} · ${t('schema.version', { version })}`,
          }))}
        />
        <p className="quiet">{t('schema.about')}</p>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconUpload size={14} />}
          onClick={() => file.current?.click()}
        >
          {t('schema.import')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
          onClick={() => download(schema)}
        >
          {t('schema.export')}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={t('schema.import')}
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </div>
      <div className={classes.rows}>
        {labels.map((label, at) => (
          <SchemaRow
            // biome-ignore lint/suspicious/noArrayIndexKey: keys of labels are edited here, rows keep their place
            key={at}
            label={label}
            onChange={(next) => change(at, next)}
            onRemove={labels.length > 1 ? () => setLabels(labels.toSpliced(at, 1)) : null}
          />
        ))}
      </div>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => setLabels([...labels, newLabel(labels)])}
      >
        {t('schema.add')}
      </Button>
      {save.isError && <FaultNote fault={faultFrom(save.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {t('schema.cancel')}
        </Button>
        <Button disabled={!valid || !changed} loading={save.isPending} onClick={() => save.mutate(draft)}>
          {t('schema.save', { version: schema.version + 1 })}
        </Button>
      </DialogActions>
    </Modal>
  )
}

/** A name that is missing in one language is taken from the other, or from the key. */
const named = (label: SchemaLabel): SchemaLabel => ({
  ...label,
  name: {
    en: label.name.en || label.name.zh || label.key,
    zh: label.name.zh || label.name.en || label.key,
  },
})

function download(schema: LabelSchema): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(schema, null, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = address
  link.download = `${schema.id}-${schema.version}.json`
  link.click()
  URL.revokeObjectURL(address)
}

/** A CSS colour as #rrggbb. */
function hexOf(colour: string): string {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return '#ff7a59'
  context.fillStyle = colour
  return context.fillStyle
}
