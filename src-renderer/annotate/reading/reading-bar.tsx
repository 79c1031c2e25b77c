import { Button } from '@mantine/core'
import { IconClipboardCheck, IconEyeOff } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import { useAnnotating } from '../panel/annotating'
import type { Working } from '../panel/desk'
import classes from './reading.module.css'
import { useReading } from './use-reading'

const ReadingDialog = lazy(() => import('./reading-dialog'))

/** How far the reading of the study is, and the way to its report; nothing where nothing can be drawn. */
export function ReadingBar() {
  const working = useAnnotating()
  return working?.reader ? <Bar working={working} /> : null
}

function Bar({ working }: { working: Working }) {
  const { t } = useTranslation('reading')
  const [open, setOpen] = useState(false)
  const reading = useReading(working.studyId, working.reader)
  const signed = reading?.signOffs[0]
  return (
    <div className={classes.bar}>
      {reading?.blinded && <Chip icon={<IconEyeOff size={13} />}>{t('blinded.chip')}</Chip>}
      {signed && (
        <Chip tone={reading.changedSince ? 'warn' : 'ok'}>
          {t(reading.changedSince ? 'signed.changed' : 'signed.chip', { version: signed.version })}
        </Chip>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconClipboardCheck size={15} />}
        disabled={!reading}
        onClick={() => setOpen(true)}
      >
        {t('open')}
      </Button>
      {open && reading && (
        <Suspense>
          <ReadingDialog working={working} reading={reading} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
