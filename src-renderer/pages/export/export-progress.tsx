import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { desktop } from '#renderer/app/desktop'
import { JobUnderWay } from '#renderer/app/job-under-way'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from './export-dialog.module.css'

/** How an export goes on, and at its end what was written and what of the person may be left. */
export function ExportProgress({ jobId, onClose }: { jobId: number; onClose: () => void }) {
  const { t } = useTranslation(['deidentify', 'common', 'errors'])
  const job = useLiveJobs(({ jobs }) => jobs.get(jobId))
  const ended = job !== undefined && job.state !== 'running' && job.state !== 'waiting'
  const outcome = useQuery({
    ...api.deidentify.outcome.queryOptions({ input: { jobId } }),
    enabled: ended,
    staleTime: 0,
  }).data
  if (!ended || !outcome) {
    return (
      <JobUnderWay
        jobId={jobId}
        job={job}
        running={t('running')}
        sofar={(count, total) => t('sofar', { count, total })}
        background={t('background')}
        onClose={onClose}
      />
    )
  }
  return (
    <>
      <div className={classes.parts} role="status">
        <p>
          <b>{t('written', { count: outcome.written })}</b>{' '}
          {outcome.masked > 0 && t('masked', { count: outcome.masked })}
        </p>
        <p className={classes.path}>{outcome.folder}</p>
        {job.fault && <FaultNote fault={job.fault} />}
        {outcome.missing.length > 0 && (
          <section>
            <h3>{t('missing')}</h3>
            <ul className={classes.risks}>
              {outcome.missing.map(({ fault, files }) => (
                <li key={fault.code}>
                  {files} × {t(fault.code, { ns: 'errors' })}
                </li>
              ))}
            </ul>
          </section>
        )}
        {outcome.deidentified && (
          <section>
            <h3>{t('left')}</h3>
            {outcome.risks.length === 0 ? (
              <p>{t('nothingLeft')}</p>
            ) : (
              <ul className={classes.risks}>
                {outcome.risks.map(({ risk, files }) => (
                  <li key={risk}>{t(`risk.${risk}`, { count: files })}</li>
                ))}
              </ul>
            )}
            <p className="quiet">{t('noPromise')}</p>
          </section>
        )}
      </div>
      <DialogActions>
        {desktop && (
          <Button variant="default" onClick={() => desktop?.reveal(outcome.folder).catch(toastError)}>
            {t('reveal')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common:close')}</Button>
      </DialogActions>
    </>
  )
}
