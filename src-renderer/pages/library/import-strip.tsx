import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconUpload, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/app/api'
import { useDrawing } from '#renderer/app/intake/drawing-state'
import { useUpload } from '#renderer/app/intake/upload-state'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { useFormat } from '#renderer/ui/format'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { Job } from '#shared/domain/job'
import classes from './import-strip.module.css'

const ImportProblems = lazy(() => import('./problems-dialog'))

const going = (job: Job) => job.state === 'running' || job.state === 'waiting' || job.state === 'paused'

/** Import jobs that ended and were put away by the person. */
const putAway = new Set<number>()

/** The import under way, or the last one of this visit until it is put away. */
export function ImportStrip() {
  const jobs = useLiveJobs((live) => live.jobs)
  const uploading = useUpload((state) => state.total !== null)
  const drawing = useDrawing((state) => state.samples > 0)
  const [, redraw] = useState(0)
  const imports = [...jobs.values()].filter((job) => job.kind === 'import' && !putAway.has(job.id))
  const job = imports.findLast(going) ?? imports.at(-1)
  const close = () => {
    for (const { id } of imports) putAway.add(id)
    redraw((count) => count + 1)
  }
  if (uploading) return <UploadStrip />
  if (drawing) return <DrawingStrip />
  return job ? <JobStrip job={job} onClose={close} /> : null
}

function DrawingStrip() {
  const { t } = useTranslation('library')
  return (
    <div className={classes.strip} role="status">
      <IconPencil size={18} aria-hidden />
      <p className={classes.text}>
        <b>{t('samples.drawing')}</b>
      </p>
      <div className={classes.bar}>
        <ProgressBar value={null} label={t('samples.drawing')} />
      </div>
    </div>
  )
}

function UploadStrip() {
  const { t } = useTranslation(['library', 'common'])
  const format = useFormat()
  const { total, sent, sentBytes, failed, cancel } = useUpload()
  const of = { done: format.whole(sent), total: format.whole(total ?? 0) }
  return (
    <div className={classes.strip} role="status">
      <IconUpload size={18} aria-hidden />
      <p className={classes.text}>
        <b>{t('import.uploading')}</b> {t('import.of', of)} · {format.bytes(sentBytes)}
        {failed.length > 0 && (
          <span className={classes.bad}> · {t('import.unsent', { count: failed.length })}</span>
        )}
      </p>
      <div className={classes.bar}>
        <ProgressBar value={total ? sent / total : null} label={t('import.uploading')} />
      </div>
      <Button size="xs" variant="default" onClick={() => cancel?.()}>
        {t('common:cancel')}
      </Button>
    </div>
  )
}

function JobStrip({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation(['library', 'common', 'errors'])
  const format = useFormat()
  const [problems, setProblems] = useState(false)
  const unsent = useUpload((state) => state.failed.length)
  const seen = job.done + job.skipped + job.failed
  const running = going(job)
  const facts = [
    job.total === null
      ? t('import.counting', { done: format.whole(seen) })
      : running
        ? t('import.of', { done: format.whole(seen), total: format.whole(job.total) })
        : t('import.taken', { count: job.done }),
    running && job.rate !== null && t('import.rate', { rate: format.rate(job.rate) }),
    running &&
      job.remainingSeconds !== null &&
      t('import.left', { time: format.duration(job.remainingSeconds) }),
  ]
  return (
    <div className={classes.strip} role="status" data-state={job.state}>
      <IconUpload size={18} aria-hidden />
      <p className={classes.text}>
        <b>{t(`import.${running ? 'running' : job.state === 'done' ? 'done' : 'stopped'}`)}</b>{' '}
        <span className={classes.title}>{job.title}</span> {facts.filter(Boolean).join(' · ')}
        {unsent > 0 && <span className={classes.bad}> · {t('import.unsent', { count: unsent })}</span>}
        {job.fault && <span className={classes.bad}> · {t(`errors:${job.fault.code}`)}</span>}
      </p>
      {job.skipped + job.failed > 0 && (
        <button type="button" className={classes.problems} onClick={() => setProblems(true)}>
          {job.skipped > 0 && t('import.skipped', { count: job.skipped })}
          {job.skipped > 0 && job.failed > 0 && ' · '}
          {job.failed > 0 && (
            <span className={classes.bad}>{t('import.unreadable', { count: job.failed })}</span>
          )}
        </button>
      )}
      {running && (
        <div className={classes.bar}>
          <ProgressBar value={job.total ? seen / job.total : null} label={t('import.running')} />
        </div>
      )}
      {running ? (
        <Button
          size="xs"
          variant="default"
          onClick={() => client.jobs.cancel({ jobId: job.id }).catch(toastError)}
        >
          {t('common:cancel')}
        </Button>
      ) : (
        <ActionIcon variant="subtle" color="gray" aria-label={t('common:close')} onClick={onClose}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
      {problems && (
        <Suspense>
          <ImportProblems jobId={job.id} onClose={() => setProblems(false)} />
        </Suspense>
      )}
    </div>
  )
}
