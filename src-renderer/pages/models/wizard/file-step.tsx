import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Intake } from '#renderer/app/intake/intake'
import { useUpload } from '#renderer/app/intake/upload-state'
import { EmptyState } from '#renderer/ui/empty-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Fault } from '#shared/domain/fault'
import { OnnxPicker } from './onnx-picker'
import classes from './wizard-page.module.css'

interface Props {
  reading: boolean
  fault: Fault | null
  onIntake: (intake: Intake) => void
}

/** Asks for the ONNX file, and says what is wrong with the one that came. */
export function FileStep({ reading, fault, onIntake }: Props) {
  const { t } = useTranslation('models')
  const { total, sent } = useUpload()
  return (
    <EmptyState icon={<IconFileImport />} title={t('wizard.file.title')} text={t('wizard.file.text')}>
      <div className={classes.file}>
        {reading ? (
          <>
            <p role="status">{t(total === null ? 'wizard.file.reading' : 'wizard.file.sending')}</p>
            <ProgressBar value={total === null ? null : sent / total} label={t('wizard.file.reading')} />
          </>
        ) : (
          <>
            {fault && (
              <div role="alert">
                <FaultNote fault={fault} />
              </div>
            )}
            <OnnxPicker onIntake={onIntake} />
          </>
        )}
      </div>
    </EmptyState>
  )
}
