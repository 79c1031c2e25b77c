import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ProblemsList } from './problems-list'

/** What one import left out, over the library. */
export default function ProblemsDialog({ jobId, onClose }: { jobId: number; onClose: () => void }) {
  const { t } = useTranslation(['library', 'common'])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('problems.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <ProblemsList jobId={jobId} />
    </Modal>
  )
}
