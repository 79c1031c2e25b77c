import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { JobItems } from '#renderer/pages/scoring/job-items'
import type { Job } from '#shared/domain/job'

/** What of a transfer failed, object by object. */
export default function FailuresDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation(['sources', 'common'])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('transfers.failed', { count: job.failed })}
      size="xl"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <JobItems job={job} state="failed" />
    </Modal>
  )
}
