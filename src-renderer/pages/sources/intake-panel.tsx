import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toastError } from '#renderer/app/toast'
import { ErrorState } from '#renderer/ui/error-state'
import { Panel } from '#renderer/ui/panel'
import type { IntakeSettings } from '#shared/contract/sources'
import classes from './intake-panel.module.css'
import { ReceiverSection } from './receiver-section'
import { WatchedSection } from './watched-section'

/** What comes in by itself: the receiver, watched folders, and the rule that scores what they bring. */
export default function IntakePanel() {
  const { t } = useTranslation('sources')
  const queries = useQueryClient()
  const intake = useQuery(api.sources.intake.queryOptions({ refetchInterval: 3_000, staleTime: 0 }))
  const save = useMutation(
    api.sources.saveIntake.mutationOptions({
      onSuccess: (state) => queries.setQueryData(api.sources.intake.queryKey(), state),
      onError: toastError,
    }),
  )
  if (intake.isError) return <ErrorState fault={faultFrom(intake.error)} onRetry={() => intake.refetch()} />
  if (!intake.data) return null
  const { settings } = intake.data
  const change = (part: Partial<IntakeSettings>) => save.mutate({ ...settings, ...part })
  return (
    <div className={classes.sections}>
      <ReceiverSection
        state={intake.data}
        onChange={(part) => change({ receiver: { ...settings.receiver, ...part } })}
      />
      <WatchedSection state={intake.data} onChange={(watched) => change({ watched })} />
      <Panel title={t('rule.title')}>
        <div className={classes.line}>
          <div>
            <p>{t('rule.score')}</p>
            <p className={classes.about}>{t('rule.about')}</p>
          </div>
          <Switch
            aria-label={t('rule.score')}
            checked={settings.autoScore}
            onChange={(event) => change({ autoScore: event.currentTarget.checked })}
          />
        </div>
      </Panel>
    </div>
  )
}
