import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IntakePicker } from '#renderer/app/intake/intake-picker'
import { useUpload } from '#renderer/app/intake/upload-state'
import { toastError } from '#renderer/app/toast'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { ScoringTarget } from '#shared/contract/scoring'
import { scoringTargetOf } from '../scoring-target'
import classes from './start-dialog.module.css'

interface Props {
  onClose: () => void
  onTarget: (target: ScoringTarget | null) => void
}

/** Asks for the folder, files or archive to score. */
export default function FolderDialog({ onClose, onTarget }: Props) {
  const { t } = useTranslation(['scoring', 'common'])
  const { total, sent } = useUpload()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('start.folder')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.parts}>
        <IntakePicker
          submit={t('start.next')}
          onIntake={(intake) => void scoringTargetOf(intake).then(onTarget, toastError)}
        />
        {total !== null && <ProgressBar value={sent / total} label={t('start.sending')} />}
      </div>
    </Modal>
  )
}
