import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { ConfirmDialog } from '#renderer/ui/confirm-dialog'
import type { Source } from '#shared/domain/source'

/** Asks before the settings of an archive are forgotten. */
export default function RemoveSourceDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation('sources')
  const queries = useQueryClient()
  const remove = useMutation(
    api.sources.remove.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.sources.list.key() })
        onClose()
      },
    }),
  )
  return (
    <ConfirmDialog
      title={t('remove.title', { name: source.name })}
      text={t('remove.text')}
      confirm={t('remove.button')}
      pending={remove.isPending}
      fault={remove.isError ? faultFrom(remove.error) : null}
      onConfirm={() => remove.mutate({ sourceId: source.id })}
      onClose={onClose}
    />
  )
}
