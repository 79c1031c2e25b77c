import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '#shared/domain/fault'
import { DialogActions } from './dialog-actions'
import { FaultNote } from './fault-note'

interface Props {
  title: string
  /** What will be gone, and what stays. */
  text: ReactNode
  confirm: string
  pending: boolean
  /** Why it could not be done. */
  fault: Fault | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is taken away; the safe answer has the focus. */
export function ConfirmDialog({ title, text, confirm, pending, fault, onConfirm, onClose }: Props) {
  const { t } = useTranslation('common')
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <p>{text}</p>
      {fault && <FaultNote fault={fault} />}
      <DialogActions>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red" loading={pending} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Modal>
  )
}
