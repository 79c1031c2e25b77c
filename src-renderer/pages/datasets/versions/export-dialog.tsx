import { Button, Checkbox, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DataSet, DataSetVersion } from '#shared/contract/datasets'
import { useRecipe } from '../augment/recipe'
import page from '../dataset-page.module.css'
import classes from './versions-tab.module.css'

interface Props {
  set: DataSet
  version: DataSetVersion
  onClose: () => void
}

const choices = ['auto', 'copy', 'link', 'name'] as const

/** Writes a version for training, in any number of formats. */
export default function ExportDialog({ set, version, onClose }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const formats = useQuery(api.exchange.formats.queryOptions())
  const [chosen, setChosen] = useState<readonly string[]>(['coco'])
  const [folder, setFolder] = useState('')
  const [pictures, setPictures] = useState<(typeof choices)[number]>('auto')
  const [varied, setVaried] = useState(false)
  const { recipe } = useRecipe()
  const write = useMutation(
    api.exchange.export.mutationOptions({
      onSuccess: () => {
        void toast(t('export.started'), 'good')
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    write.mutate({
      target: {
        kind: 'dataset',
        name: set.name,
        version: version.number,
        ...(varied && { augmentation: recipe }),
      },
      formats: [...chosen],
      folder: folder.trim(),
      ...(pictures !== 'auto' && { pictures }),
    })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('export.title', { number: version.number })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={page.parts}>
        <fieldset className={classes.formats} aria-label={t('export.formats')}>
          {formats.data?.map(({ id }) => (
            <Checkbox
              key={id}
              label={id}
              checked={chosen.includes(id)}
              onChange={(event) =>
                setChosen(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />
          ))}
        </fieldset>
        <TextInput
          label={t('export.folder')}
          description={t('export.folderHint')}
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
          required
          data-autofocus
        />
        <Select
          label={t('export.pictures')}
          data={choices.map((value) => ({ value, label: t(`export.choice.${value}`) }))}
          value={pictures}
          onChange={(value) => setPictures(choices.find((one) => one === value) ?? 'auto')}
          allowDeselect={false}
        />
        <Checkbox
          label={t('augment.write', { count: recipe.copies })}
          checked={varied}
          onChange={(event) => setVaried(event.currentTarget.checked)}
        />
        {write.isError && <FaultNote fault={faultFrom(write.error)} />}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            loading={write.isPending}
            disabled={chosen.length === 0 || folder.trim() === ''}
          >
            {t('export.submit')}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}
