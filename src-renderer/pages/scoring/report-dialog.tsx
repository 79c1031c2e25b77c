import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { desktop } from '#renderer/app/desktop'
import { faultFrom } from '#renderer/app/fault'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { Job } from '#shared/domain/job'
import classes from './report-dialog.module.css'

/** Writes the files of a report into a folder, and says which. */
export default function ReportDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation(['scoring', 'common'])
  const [folder, setFolder] = useState('')
  const [masks, setMasks] = useState(false)
  const write = useMutation(api.scoring.writeReport.mutationOptions())
  const choose = () => desktop?.chooseFolder().then((chosen) => chosen && setFolder(chosen), toastError)
  const files = write.data?.files

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('report.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          write.mutate({ jobId: job.id, folder: folder.trim(), masks })
        }}
      >
        <p>{t('report.text')}</p>
        <div className={classes.folder}>
          <TextInput
            label={t('report.folder')}
            description={t('report.folderHint')}
            value={folder}
            onChange={(event) => {
              setFolder(event.currentTarget.value)
              write.reset()
            }}
            spellCheck={false}
            data-autofocus
          />
          {desktop && (
            <Button variant="default" onClick={choose}>
              {t('report.choose')}
            </Button>
          )}
        </div>
        <Checkbox
          label={t('report.masks')}
          checked={masks}
          onChange={(event) => setMasks(event.currentTarget.checked)}
        />
        {write.isError && <FaultNote fault={faultFrom(write.error)} />}
        {files && (
          <div className={classes.written} role="status">
            <b>{t('report.written', { count: files.length })}</b>
            <ul>
              {files.slice(0, 8).map((file) => (
                <li key={file}>
                  <code>{file}</code>
                </li>
              ))}
              {files.length > 8 && <li>{t('report.more', { count: files.length - 8 })}</li>}
            </ul>
          </div>
        )}
        <DialogActions>
          {files?.[0] && desktop && (
            <Button variant="default" onClick={() => desktop?.reveal(files[0] ?? folder).catch(toastError)}>
              {t('report.reveal')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {files ? t('common:close') : t('common:cancel')}
          </Button>
          <Button type="submit" loading={write.isPending} disabled={folder.trim() === ''}>
            {t('report.submit')}
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}
