import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog'

interface Props {
  studyIds: number[]
  onClose: () => void
  onRemoved: () => void
}

/** Asks before studies are forgotten, and says what happens to files and findings. */
export default function RemoveDialog({ studyIds, onClose, onRemoved }: Props) {
  const { t } = useTranslation('library')
  const remove = useMutation(
    api.library.remove.mutationOptions({
      onSuccess: ({ removed }) => {
        void toast(t('remove.done', { count: removed }), 'good')
        onRemoved()
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      title={t('remove.title', { count: studyIds.length })}
      text={t('remove.text')}
      confirm={t('remove.confirm')}
      pending={remove.isPending}
      fault={remove.isError ? faultFrom(remove.error) : null}
      onConfirm={() => remove.mutate({ studyIds })}
      onClose={onClose}
    />
  )
}
