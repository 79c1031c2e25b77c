import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DataSet } from '#shared/contract/datasets'

interface Props {
  set: DataSet
  onClose: () => void
  onFrozen: () => void
}

/** Keeps what the set holds now as a version. */
export default function FreezeDialog({ set, onClose, onFrozen }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const newest = set.newest?.number ?? 0
  const freeze = useMutation(
    api.datasets.freeze.mutationOptions({
      onSuccess: async ({ number }) => {
        void toast(t(number > newest ? 'versions.frozen' : 'versions.same', { number }), 'good')
        await queries.invalidateQueries({ queryKey: api.datasets.key() })
        onFrozen()
        onClose()
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('versions.freezeTitle', { number: newest + 1 })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          freeze.mutate({ dataSetId: set.id, note })
        }}
      >
        <p className="quiet">{t('versions.noneText')}</p>
        <TextInput
          mt="md"
          label={t('versions.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={2000}
          data-autofocus
        />
        {freeze.isError && <FaultNote fault={faultFrom(freeze.error)} />}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={freeze.isPending}>
            {t('versions.freeze')}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}
