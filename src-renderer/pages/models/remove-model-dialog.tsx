import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { InstalledModel } from '#shared/contract/models'

/** Asks before a package is taken from this computer, and says what stays. */
export default function RemoveModelDialog({
  model,
  onClose,
}: {
  model: InstalledModel
  onClose: () => void
}) {
  const { t } = useTranslation(['models', 'common'])
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
    <Modal
      opened
      onClose={onClose}
      title={t('remove.title', { name: inLanguage(name), version })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <p>{t(model.active ? 'remove.textActive' : 'remove.text')}</p>
      {remove.isError && <FaultNote fault={faultFrom(remove.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ id, version })}>
          {t('remove.confirm')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
