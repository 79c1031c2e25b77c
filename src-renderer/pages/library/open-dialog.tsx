import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { takeIn } from '#renderer/app/intake/intake'
import { IntakePicker } from '#renderer/app/intake/intake-picker'
import classes from './open-dialog.module.css'
import { Samples } from './samples'

/** Every way to take something in: pick files or a folder, type paths, or open a phantom. */
export default function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['library', 'common'])
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('open.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.ways}>
        <IntakePicker
          submit={t('open.submit')}
          onIntake={(intake) => {
            onClose()
            void takeIn(intake)
          }}
        />
        <section className={classes.samples}>
          <h3>{t('samples.title')}</h3>
          <Samples onOpen={onClose} />
        </section>
      </div>
    </Modal>
  )
}
