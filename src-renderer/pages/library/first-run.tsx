import { Button } from '@mantine/core'
import { IconFolderOpen, IconPhotoScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '#renderer/ui/empty-state'
import classes from './first-run.module.css'
import { Samples } from './samples'

/** The library before anything is in it. */
export function FirstRun({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation(['library', 'common'])
  return (
    <EmptyState icon={<IconPhotoScan />} title={t('firstRun.title')} text={t('firstRun.text')}>
      <div className={classes.ways}>
        <Button size="md" leftSection={<IconFolderOpen size={18} aria-hidden />} onClick={onOpen}>
          {t('open.button')}
        </Button>
        <section className={classes.samples}>
          <h3>{t('samples.none')}</h3>
          <Samples />
        </section>
        <p className={classes.note}>{t('common:researchAidLong')}</p>
      </div>
    </EmptyState>
  )
}
