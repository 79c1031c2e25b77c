import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog'
import type { DataSet } from '#shared/contract/datasets'

/** Asks before a data set is forgotten. */
export default function RemoveDialog({ set, onClose }: { set: DataSet; onClose: () => void }) {
  const { t } = useTranslation('datasets')
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
    <ConfirmDialog
      title={t('remove.title', { name: set.name })}
      text={t('remove.text')}
      confirm={t('remove.confirm')}
      pending={remove.isPending}
      fault={remove.isError ? faultFrom(remove.error) : null}
      onConfirm={() => remove.mutate({ dataSetId: set.id })}
      onClose={onClose}
    />
  )
}
