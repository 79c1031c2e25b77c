import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLiveJobs } from '#renderer/app/live'
import { toast, toastError } from '#renderer/app/toast'
import { FaultNote } from '#renderer/ui/fault-note'
import { Panel } from '#renderer/ui/panel'
import type { FoundStudy, StudyQuery, WantedPart } from '#shared/contract/sources'
import type { Source } from '#shared/domain/source'
import { SearchForm } from './search-form'
import classes from './study-search.module.css'
import { StudyTable } from './study-table'

/** Looks for studies in an archive and fetches the chosen ones. */
export function StudySearch({ source }: { source: Source }) {
  const { t } = useTranslation('sources')
  const [chosen, setChosen] = useState<ReadonlyMap<string, WantedPart>>(new Map())
  const [asked, setAsked] = useState<Partial<StudyQuery> | null>(null)
  const queries = useQueryClient()
  const search = useQuery(
    api.sources.search.queryOptions({
      input: { sourceId: source.id, query: asked ?? {} },
      enabled: asked !== null,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  )
  const fetching = useMutation(
    api.sources.fetch.mutationOptions({
      onSuccess: () => {
        setChosen(new Map())
        void toast(t('fetch.started'), 'good')
      },
      onError: toastError,
    }),
  )
  const arrived = useLiveJobs(
    (live) => [...live.jobs.values()].filter((job) => job.kind === 'fetch' && job.state === 'done').length,
  )
  const told = useRef(arrived)
  // what the library has of each study is told anew once something was fetched
  useEffect(() => {
    if (told.current === arrived) return
    told.current = arrived
    void queries.invalidateQueries({ queryKey: api.sources.search.key() })
    void queries.invalidateQueries({ queryKey: api.sources.series.key() })
  }, [arrived, queries])
  const ask = (query: Partial<StudyQuery>) => {
    setChosen(new Map())
    if (JSON.stringify(query) === JSON.stringify(asked)) void search.refetch()
    else setAsked(query)
  }
  const start = (studies: readonly FoundStudy[]) => {
    const parts = [...chosen.values()]
    fetching.mutate({ sourceId: source.id, parts, title: titleOf(source, studies, parts) })
  }
  const found = search.data
  return (
    <Panel title={t('search.title')}>
      <SearchForm onSearch={ask} busy={search.isFetching} />
      {search.isError && <FaultNote fault={faultFrom(search.error)} />}
      {found && (
        <>
          <div className={classes.head}>
            <p className="quiet" role="status">
              {t(found.more ? 'search.foundMore' : 'search.found', { count: found.studies.length })}
            </p>
            {found.studies.length > 0 && (
              <Button
                leftSection={<IconDownload size={16} aria-hidden />}
                disabled={chosen.size === 0}
                loading={fetching.isPending}
                onClick={() => start(found.studies)}
              >
                {chosen.size === 0 ? t('fetch.none') : t('fetch.some', { count: chosen.size })}
              </Button>
            )}
          </div>
          {found.studies.length > 0 && (
            <StudyTable source={source} studies={found.studies} chosen={chosen} onChosen={setChosen} />
          )}
        </>
      )}
    </Panel>
  )
}

/** A job is known by the first patient it brings and where from. */
function titleOf(source: Source, studies: readonly FoundStudy[], parts: readonly WantedPart[]): string {
  const first = studies.find(({ uid }) => uid === parts[0]?.studyUid)
  const who = first?.patientId ?? first?.patientName?.replace(/[\^=]+/g, ' ') ?? first?.uid ?? ''
  return `${source.name} → ${who}${parts.length > 1 ? ` +${parts.length - 1}` : ''}`.slice(0, 200)
}
