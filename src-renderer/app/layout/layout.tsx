import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { desktop } from '../desktop'
import { openNative, takeIn } from '../intake/intake'
import { type Shortcut, useShortcuts } from '../shortcuts'
import { useToasts } from '../toast'
import { ConnectionNote } from './connection-note'
import { DropLayer } from './drop-layer'
import classes from './layout.module.css'
import { PageBoundary } from './page-boundary'
import { Rail } from './rail'

const ShortcutSheet = lazy(() => import('./shortcut-sheet'))
const Toasts = lazy(() => import('./toasts'))

/** The frame of every page: the rail at the left, the page beside it, and what lies over both. */
export function Layout() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [sheet, setSheet] = useState(false)
  const toasts = useToasts((state) => state.wanted)

  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['?'], label: t('keys.sheet'), run: () => setSheet(true) },
      { keys: ['Alt+1'], label: t('keys.library'), run: () => navigate('/') },
      { keys: ['Alt+2'], label: t('keys.sources'), run: () => navigate('/sources') },
      { keys: ['Alt+3'], label: t('keys.scoring'), run: () => navigate('/scoring') },
      { keys: ['Alt+4'], label: t('keys.datasets'), run: () => navigate('/datasets') },
      { keys: ['Alt+5'], label: t('keys.models'), run: () => navigate('/models') },
      { keys: ['Alt+6', 'Mod+,'], label: t('keys.settings'), run: () => navigate('/settings') },
    ],
    [t, navigate],
  )
  useShortcuts(t('keys.everywhere'), shortcuts)

  useEffect(() => {
    const stopMenu = desktop?.onMenu((command) => {
      if (command === 'settings') void navigate('/settings')
      if (command === 'shortcuts') setSheet(true)
      if (command === 'open-folder') void openNative('folder')
      if (command === 'open-files') void openNative('files')
    })
    const stopPaths = desktop?.onOpenPaths((paths) => {
      void navigate('/')
      void takeIn({ kind: 'paths', paths })
    })
    return () => {
      stopMenu?.()
      stopPaths?.()
    }
  }, [navigate])

  return (
    <div className={classes.window}>
      <a className={classes.skip} href="#content">
        {t('skipToContent')}
      </a>
      <Rail onShortcuts={() => setSheet(true)} />
      <main id="content" className={classes.page} tabIndex={-1}>
        <ConnectionNote />
        <PageBoundary>
          <Suspense fallback={<div className={classes.loading} role="status" aria-label={t('loading')} />}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </main>
      <DropLayer />
      <Suspense>
        {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
        {toasts && <Toasts />}
      </Suspense>
    </div>
  )
}
