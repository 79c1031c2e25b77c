import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { desktop } from '#renderer/app/desktop'
import { faultFrom } from '#renderer/app/fault'
import { useSettings } from '#renderer/app/settings'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from './exchange-dialog.module.css'
import { ExchangeProgress } from './exchange-progress'

/** Takes in annotations of images that are in the library. */
export default function ImportAnnotationsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['exchange', 'common'])
  const [typed, setTyped] = useState('')
  const known = useSettings()?.reader ?? ''
  const [named, setNamed] = useState<string | null>(null)
  const reader = named ?? known
  const start = useMutation(api.exchange.importAnnotations.mutationOptions())
  const paths = typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const pick = (kind: 'files' | 'folder') =>
    desktop?.openPaths(kind).then((chosen) => {
      if (chosen.length > 0) setTyped([...paths, ...chosen].join('\n'))
    }, toastError)
  const jobId = start.data?.jobId
  const summary = (count: number) => (count === 0 ? t('import.nothing') : t('import.read', { count }))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {jobId !== undefined ? (
        <ExchangeProgress jobId={jobId} summary={summary} onClose={onClose} />
      ) : (
        <form
          className={classes.parts}
          onSubmit={(event) => {
            event.preventDefault()
            start.mutate({ paths, reader: reader.trim() })
          }}
        >
          <p>{t('import.about')}</p>
          {desktop && (
            <div className={classes.pick}>
              <Button variant="default" onClick={() => pick('files')}>
                {t('import.files')}
              </Button>
              <Button variant="default" onClick={() => pick('folder')}>
                {t('import.folder')}
              </Button>
            </div>
          )}
          <Textarea
            label={t('import.paths')}
            description={t('import.pathsAbout')}
            value={typed}
            autosize
            minRows={2}
            maxRows={8}
            spellCheck={false}
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <TextInput
            label={t('import.reader')}
            description={t('import.readerAbout')}
            value={reader}
            onChange={(event) => setNamed(event.currentTarget.value)}
          />
          {start.isError && <FaultNote fault={faultFrom(start.error)} />}
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              type="submit"
              loading={start.isPending}
              disabled={paths.length === 0 || reader.trim() === ''}
            >
              {t('import.start')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Modal>
  )
}
