import { Button } from '@mantine/core'
import { IconChecks, IconStethoscope } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useLiveJobs } from '#renderer/app/live'
import { toastError } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { useFormat } from '#renderer/ui/format'
import { Pager } from '#renderer/ui/pager'
import { ProgressBar } from '#renderer/ui/progress-bar'
import type { DataSet } from '#shared/contract/datasets'
import { type CheckKind, checkKinds } from '#shared/domain/data-set/check'
import { ComparedBy } from '../compared-by'
import page from '../dataset-page.module.css'
import { useChosen } from '../use-chosen'
import classes from './checks-tab.module.css'
import { FindingTile } from './finding-tile'

const PAGE = 100

/** Everything a check found, kind by kind, one click from the picture; settled in bulk. */
export default function ChecksTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const queries = useQueryClient()
  const chosen = useChosen()
  const [kind, setKind] = useState<CheckKind | null>(null)
  const [place, setPlace] = useState(0)
  const [jobId, setJobId] = useState<number | null>(null)
  const live = useLiveJobs((state) =>
    [...state.jobs.values()].find(
      (one) =>
        one.kind === 'check' && (one.id === jobId || (one.title === set.name && one.state === 'running')),
    ),
  )
  const running = live?.state === 'running' || live?.state === 'waiting'
  const input = { dataSetId: set.id, offset: place * PAGE, limit: PAGE, ...(kind && { kind }) }
  const findings = useQuery(
    api.datasets.findings.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  )
  const changed = () => queries.invalidateQueries({ queryKey: api.datasets.key() })
  const check = useMutation(
    api.datasets.check.mutationOptions({
      onError: toastError,
      onSuccess: (started) => setJobId(started.jobId),
    }),
  )
  const settle = useMutation(
    api.datasets.settle.mutationOptions({
      onError: toastError,
      onSuccess: () => {
        chosen.clear()
        return changed()
      },
    }),
  )
  const ended = live && !running ? live.id : null
  useEffect(() => {
    if (ended !== null) void queries.invalidateQueries({ queryKey: api.datasets.key() })
  }, [ended, queries])

  const counts = new Map(findings.data?.counts.map((one) => [one.kind, one]))
  const items = findings.data?.items ?? []
  const all = [...counts.values()].reduce((sum, one) => sum + one.open, 0)
  const choose = (wanted: CheckKind | null) => {
    setKind(wanted)
    setPlace(0)
    chosen.clear()
  }
  const put = (how: 'exclude' | 'dismiss' | 'reopen') =>
    settle.mutate({ dataSetId: set.id, findingIds: [...chosen.ids], how })
  const start = (
    <Button
      size="compact-md"
      variant={findings.data?.checkedAt ? 'default' : 'filled'}
      leftSection={<IconStethoscope size={16} aria-hidden />}
      loading={check.isPending || running}
      onClick={() => check.mutate({ dataSetId: set.id })}
    >
      {t('checks.start')}
    </Button>
  )
  return (
    <div className={page.parts}>
      <div className={page.line}>
        {start}
        {running && live && (
          <div className={classes.progress}>
            <ProgressBar
              value={live.total ? (live.done + live.failed) / live.total : 0}
              label={t('checks.start')}
            />
            <span>
              {t('checks.running', { done: format.whole(live.done), total: format.whole(live.total ?? 0) })}
            </span>
          </div>
        )}
        {!running && findings.data?.checkedAt && (
          <span className="quiet">{t('checks.last', { when: format.moment(findings.data.checkedAt) })}</span>
        )}
        <span className={page.push} />
        {chosen.ids.size > 0 && (
          <>
            <span>{t('checks.selected', { count: chosen.ids.size })}</span>
            <Button size="compact-sm" color="red" variant="light" onClick={() => put('exclude')}>
              {t('checks.exclude')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => put('dismiss')}>
              {t('checks.dismiss')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => put('reopen')}>
              {t('checks.reopen')}
            </Button>
          </>
        )}
        {items.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              chosen.choose(
                items.map(({ id }) => id),
                true,
              )
            }
          >
            {t('checks.allOfKind')}
          </Button>
        )}
      </div>
      {counts.size > 0 && (
        <fieldset className={classes.kinds} aria-label={t('tabs.checks')}>
          <button type="button" aria-pressed={kind === null} onClick={() => choose(null)}>
            {t('checks.every')} <b>{format.whole(all)}</b>
          </button>
          {checkKinds.map((one) => {
            const count = counts.get(one)
            return (
              count && (
                <button key={one} type="button" aria-pressed={kind === one} onClick={() => choose(one)}>
                  {t(`checks.kind.${one}`)} <b data-open={count.open > 0}>{format.whole(count.open)}</b>
                </button>
              )
            )
          })}
        </fieldset>
      )}
      {!running && findings.data?.compared && (kind === null || kind === 'near-duplicate') && (
        <ComparedBy compared={findings.data.compared} />
      )}
      {kind && <p className="quiet">{t(`checks.about.${kind}`)}</p>}
      {findings.data && counts.size === 0 && !running && (
        <EmptyState
          icon={<IconChecks />}
          title={t(findings.data.checkedAt ? 'checks.clean' : 'checks.never')}
          text={t(findings.data.checkedAt ? 'checks.cleanText' : 'checks.neverText')}
        />
      )}
      <ul className={page.grid}>
        {items.map((finding) => (
          <FindingTile
            key={finding.id}
            finding={finding}
            selected={chosen.ids.has(finding.id)}
            onSelect={(selected) => chosen.choose([finding.id], selected)}
          />
        ))}
      </ul>
      <Pager page={place} pageSize={PAGE} total={findings.data?.total ?? 0} onPage={setPlace} />
    </div>
  )
}
