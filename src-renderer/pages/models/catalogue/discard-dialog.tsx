import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog'

/** Asks before the folder of a package that cannot be used is deleted. */
export default function DiscardDialog({ folder, onClose }: { folder: string; onClose: () => void }) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const discard = useMutation(
    api.models.discard.mutationOptions({
      onSuccess: () => {
        onClose()
        void queries.invalidateQueries({ queryKey: api.models.key() })
      },
    }),
  )
  return (
    <ConfirmDialog
      title={t('remove.faulty.title')}
      text={t('remove.faulty.text', { folder })}
      confirm={t('remove.confirm')}
      pending={discard.isPending}
      fault={discard.isError ? faultFrom(discard.error) : null}
      onConfirm={() => discard.mutate({ folder })}
      onClose={onClose}
    />
  )
}
