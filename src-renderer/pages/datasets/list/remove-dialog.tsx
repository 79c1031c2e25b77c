import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DataSet } from '#shared/contract/datasets'

/** Asks before a data set is forgotten. */
export default function RemoveDialog({ set, onClose }: { set: DataSet; onClose: () => void }) {
  const { t } = useTranslation(['datasets', 'common'])
  const navigate = useNavigate()
  const queries = useQueryClient()
  const remove = useMutation(
    api.datasets.remove.mutationOptions({
      onSuccess: async () => {
        await navigate('/datasets')
        await queries.invalidateQueries({ queryKey: api.datasets.list.key() })
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { name: set.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p>{t('remove.text')}</p>
      {remove.isError && <FaultNote fault={faultFrom(remove.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ dataSetId: set.id })}>
          {t('remove.confirm')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
