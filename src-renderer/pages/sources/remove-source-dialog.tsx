import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Source } from '#shared/domain/source'

/** Asks before the settings of an archive are forgotten. */
export default function RemoveSourceDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation(['sources', 'common'])
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
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { name: source.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p>{t('remove.text')}</p>
      {remove.isError && <FaultNote fault={faultFrom(remove.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ sourceId: source.id })}>
          {t('remove.button')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
