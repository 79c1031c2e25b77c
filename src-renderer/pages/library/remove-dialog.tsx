import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'

interface Props {
  studyIds: number[]
  onClose: () => void
  onRemoved: () => void
}

/** Asks before studies are forgotten, and says what happens to files and findings. */
export default function RemoveDialog({ studyIds, onClose, onRemoved }: Props) {
  const { t } = useTranslation(['library', 'common'])
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
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { count: studyIds.length })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p>{t('remove.text')}</p>
      {remove.isError && <FaultNote fault={faultFrom(remove.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ studyIds })}>
          {t('remove.confirm')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
