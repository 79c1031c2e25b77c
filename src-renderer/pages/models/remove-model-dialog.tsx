import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { toast } from '#renderer/app/toast'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog'
import type { InstalledModel } from '#shared/contract/models'

/** Asks before a package is taken from this computer, and says what stays. */
export default function RemoveModelDialog({
  model,
  onClose,
}: {
  model: InstalledModel
  onClose: () => void
}) {
  const { t } = useTranslation('models')
  const inLanguage = useBilingual()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { id, version, name } = model.manifest
  const remove = useMutation(
    api.models.remove.mutationOptions({
      onSuccess: () => {
        void toast(t('remove.done', { id, version }), 'good')
        void navigate('/models')
        void queries.invalidateQueries({ queryKey: api.models.key(), refetchType: 'none' })
      },
    }),
  )
  return (
    <ConfirmDialog
      title={t('remove.title', { name: inLanguage(name), version })}
      text={t(model.active ? 'remove.textActive' : 'remove.text')}
      confirm={t('remove.confirm')}
      pending={remove.isPending}
      fault={remove.isError ? faultFrom(remove.error) : null}
      onConfirm={() => remove.mutate({ id, version })}
      onClose={onClose}
    />
  )
}
