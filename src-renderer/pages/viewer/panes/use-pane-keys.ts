import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shortcut } from '#renderer/app/shortcuts'
import { toggleLink } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { nextPalette } from '../actions'
import { togglePlanes } from '../mpr/toggle-planes'
import { nextLayout, nextPane } from './layout-actions'

/** What keys do with panes. */
export function usePaneKeys(): Shortcut[] {
  const { t } = useTranslation('viewer')
  return useMemo(
    () => [
      { keys: ['Shift+M'], label: t('planes.open'), run: togglePlanes },
      { keys: ['c'], label: t('tools.crosshair'), run: () => useViewer.setState({ tool: 'crosshair' }) },
      { keys: ['Shift+C'], label: t('palettes.next'), run: nextPalette },
      { keys: ['Shift+L'], label: t('panes.nextLayout'), run: nextLayout },
      { keys: ['Shift+N'], label: t('panes.nextPane'), run: nextPane },
      { keys: ['Shift+S'], label: t('panes.link.scroll'), run: () => toggleLink('scroll') },
      { keys: ['Shift+X'], label: t('panes.link.lines'), run: () => toggleLink('lines') },
    ],
    [t],
  )
}
