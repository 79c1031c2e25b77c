import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Tabs } from '#renderer/ui/tabs'
import type { StudyReading } from '#shared/contract/reading'
import type { Working } from '../panel/desk'
import { Readers } from './readers'
import { SignOffs } from './sign-offs'

export interface ReadingProps {
  working: Working
  reading: StudyReading
  onClose: () => void
}

/** The report of a study, and who read it how. */
export default function ReadingDialog({ working, reading, onClose }: ReadingProps) {
  const { t } = useTranslation(['reading', 'common'])
  const [tab, setTab] = useState<'report' | 'readers'>('report')
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('open')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Tabs
        label={t('open')}
        tabs={[
          { value: 'report', label: t('tabs.report') },
          { value: 'readers', label: t('tabs.readers'), count: reading.readers.length },
        ]}
        value={tab}
        onChange={setTab}
      >
        {tab === 'report' ? (
          <SignOffs working={working} reading={reading} />
        ) : (
          <Readers working={working} reading={reading} onClose={onClose} />
        )}
      </Tabs>
    </Modal>
  )
}
