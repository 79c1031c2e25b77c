import { Button } from '@mantine/core'
import { IconFolderOpen, IconSearchOff } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { useDocumentTitle } from '#renderer/app/document-title'
import { useDropTarget } from '#renderer/app/drop-target'
import { faultFrom } from '#renderer/app/fault'
import { dropped, openNative, takeIn } from '#renderer/app/intake/intake'
import { markReady } from '#renderer/app/ready'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { toastError } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { PageFrame } from '#renderer/ui/page-frame'
import { LibraryFacets } from './facets'
import { FirstRun } from './first-run'
import { ImportStrip } from './import-strip'
import classes from './library-page.module.css'
import { useLibraryView } from './library-view'
import { ProblemsList } from './problems-list'
import { SearchField } from './search-field'
import { addToSelection, clearSelection, useSelection } from './selection'
import { SelectionBar } from './selection-bar'
import { SortSelect } from './sort-select'
import { StudyGrid } from './study-grid'
import { studyIdsBetween, useStudyTotal } from './study-pages'

const OpenDialog = lazy(() => import('./open-dialog'))
const ScoreDialog = lazy(() => import('#renderer/pages/scoring/start/start-dialog'))

/** What do I have, and what waits for me? */
export default function LibraryPage() {
  const { t } = useTranslation(['library', 'common'])
  useDocumentTitle(t('title'))
  const { filter, sort, problems, change } = useLibraryView()
  const view = useMemo(() => ({ filter, sort }), [filter, sort])
  const first = useStudyTotal(view)
  const total = first.data?.total ?? 0
  const selected = useSelection((selection) => selection.ids)
  const [opening, setOpening] = useState(false)
  const [scoring, setScoring] = useState(false)

  const open = useCallback(() => {
    if (desktop) void openNative('folder')
    else setOpening(true)
  }, [])

  const target = useMemo(
    () => ({ label: t('drop'), drop: (items: DataTransfer) => void dropped(items).then(takeIn, toastError) }),
    [t],
  )
  useDropTarget(target)

  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['/'], label: t('keys.search'), run: () => document.getElementById('search')?.focus() },
      { keys: ['o'], label: t('keys.open'), run: open },
      {
        keys: ['s'],
        label: t('keys.score'),
        run: () => useSelection.getState().ids.size > 0 && setScoring(true),
      },
      {
        keys: ['Mod+A'],
        label: t('keys.all'),
        run: () => {
          studyIdsBetween(view, 0, total - 1).then((ids) => addToSelection(ids), toastError)
        },
      },
      { keys: ['Escape'], label: t('keys.none'), run: clearSelection },
    ],
    [t, open, view, total],
  )
  useShortcuts(t('title'), shortcuts)

  const drawn = first.isSuccess
  useEffect(() => {
    if (drawn) markReady()
  }, [drawn])

  const narrowed = Object.keys(filter).length > 0
  const empty = drawn && total === 0 && !narrowed && !problems
  return (
    <PageFrame
      title={t('title')}
      meta={drawn && !empty && t('common:studies', { count: total })}
      search={
        !empty && <SearchField search={filter.search ?? ''} onSearch={(q) => change({ q: q || null })} />
      }
      actions={
        <>
          {selected.size > 0 && (
            <Button variant="default" onClick={() => setScoring(true)}>
              {t('score', { count: selected.size })}
            </Button>
          )}
          <Button leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={open}>
            {t('open.button')}
          </Button>
          {desktop && (
            <Button variant="default" onClick={() => setOpening(true)}>
              {t('open.more')}
            </Button>
          )}
        </>
      }
    >
      <LibraryFacets view={{ filter, sort, problems }} change={change} />
      <div className={classes.main}>
        <ImportStrip />
        {!problems && !empty && (
          <div className={classes.tools}>
            <SelectionBar onRemoved={clearSelection} />
            <SortSelect sort={sort} onSort={(next) => change({ sort: next === 'newest' ? null : next })} />
          </div>
        )}
        {problems ? (
          <section className={classes.problems} aria-label={t('problems.title')}>
            <h2>{t('problems.title')}</h2>
            <ProblemsList />
          </section>
        ) : first.isError ? (
          <ErrorState fault={faultFrom(first.error)} onRetry={() => first.refetch()} />
        ) : empty ? (
          <FirstRun onOpen={open} />
        ) : drawn && total === 0 ? (
          <EmptyState icon={<IconSearchOff />} title={t('noMatch.title')} text={t('noMatch.text')}>
            <Button variant="default" onClick={() => change({ modality: null, findings: null, q: null })}>
              {t('noMatch.clear')}
            </Button>
          </EmptyState>
        ) : (
          <StudyGrid key={JSON.stringify(view)} view={view} total={total} />
        )}
      </div>
      <Suspense>
        {opening && <OpenDialog onClose={() => setOpening(false)} />}
        {scoring && (
          <ScoreDialog
            target={{ kind: 'studies', studyIds: [...selected] }}
            onClose={() => setScoring(false)}
          />
        )}
      </Suspense>
    </PageFrame>
  )
}
