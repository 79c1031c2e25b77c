import { ActionIcon, Button } from '@mantine/core'
import { IconCopy, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast, toastError } from '#renderer/app/toast'
import { ErrorState } from '#renderer/ui/error-state'
import { Panel } from '#renderer/ui/panel'
import type { DoctorReport } from '#shared/contract/system'
import classes from './doctor.module.css'
import { DoctorChecks } from './doctor-checks'
import { DoctorFigures } from './doctor-figures'

/** How this installation is doing: what works, what does not and why; can be copied for a report. */
export function Doctor() {
  const { t } = useTranslation(['settings', 'common'])
  const report = useQuery(api.system.doctor.queryOptions({ staleTime: 0 }))
  const copy = (data: DoctorReport) =>
    navigator.clipboard
      .writeText(JSON.stringify(data, null, 2))
      .then(() => toast(t('common:copied'), 'good'), toastError)
  return (
    <Panel
      title={t('doctor.title')}
      aside={
        <span className={classes.actions}>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('doctor.again')}
            title={t('doctor.again')}
            loading={report.isFetching}
            onClick={() => report.refetch()}
          >
            <IconRefresh size={16} aria-hidden />
          </ActionIcon>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCopy size={16} aria-hidden />}
            disabled={!report.data}
            onClick={() => report.data && void copy(report.data)}
          >
            {t('doctor.copy')}
          </Button>
        </span>
      }
    >
      {report.isPending && <p className="quiet">{t('doctor.asking')}</p>}
      {report.isError && <ErrorState fault={faultFrom(report.error)} onRetry={() => report.refetch()} />}
      {report.data && (
        <>
          <DoctorChecks report={report.data} />
          <DoctorFigures report={report.data} />
        </>
      )}
    </Panel>
  )
}
