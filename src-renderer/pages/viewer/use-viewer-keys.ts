import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { goTo, step, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard } from '#shared/contract/library'
import type { Lesion } from '#shared/domain/finding'
import { actions } from './actions'
import { jumpToLesion } from './jump'
import { usePaneKeys } from './panes/use-pane-keys'

interface Places {
  series: readonly SeriesCard[]
  seriesId: number | undefined
  openSeries: (id: number) => void
  lesions: readonly Lesion[]
}

/** The keys of the viewer; `?` lists them. Memoise `places`. */
export function useViewerKeys(places: Places): void {
  const { t } = useTranslation('viewer')
  useShortcuts(t('keys.scroll'), useScrollKeys(places))
  useShortcuts(t('keys.picture'), usePictureKeys())
  useShortcuts(t('keys.findings'), useFindingKeys(places))
  useShortcuts(t('panes.title'), usePaneKeys())
}

function useScrollKeys({ series, seriesId, openSeries }: Places): Shortcut[] {
  const { t } = useTranslation('viewer')
  return useMemo(() => {
    const neighbour = (by: number) => () => {
      const at = series.findIndex(({ id }) => id === seriesId)
      const next = series[at + by]
      if (at >= 0 && next) openSeries(next.id)
    }
    const last = () => goTo(useViewer.getState().count - 1)
    return [
      { keys: ['ArrowDown', 'ArrowRight'], label: t('keys.next'), run: () => step(1) },
      { keys: ['ArrowUp', 'ArrowLeft'], label: t('keys.previous'), run: () => step(-1) },
      { keys: ['PageDown'], label: t('keys.forward'), run: () => step(10) },
      { keys: ['PageUp'], label: t('keys.back'), run: () => step(-10) },
      { keys: ['Home'], label: t('keys.first'), run: () => goTo(0) },
      { keys: ['End'], label: t('keys.last'), run: last },
      { keys: [']'], label: t('keys.nextSeries'), run: neighbour(1) },
      { keys: ['['], label: t('keys.previousSeries'), run: neighbour(-1) },
    ]
  }, [t, series, seriesId, openSeries])
}

const toggleGraphics = () => useViewer.setState(({ graphics }) => ({ graphics: !graphics }))

function usePictureKeys(): Shortcut[] {
  const { t } = useTranslation('viewer')
  const presets = useViewer((state) => state.presets)
  return useMemo(
    () => [
      { keys: ['w'], label: t('tools.window'), run: () => useViewer.setState({ tool: 'window' }) },
      { keys: ['g'], label: t('tools.pan'), run: () => useViewer.setState({ tool: 'pan' }) },
      { keys: ['z'], label: t('tools.zoom'), run: () => useViewer.setState({ tool: 'zoom' }) },
      ...presets.slice(0, 9).map(({ name, window, detail }, at) => ({
        keys: [String(at + 1)],
        label: t('keys.preset', { name: detail || t(`presets.${name}`) }),
        run: () => useViewer.setState({ window }),
      })),
      { keys: ['0'], label: t('keys.ownWindow'), run: () => useViewer.setState({ window: null }) },
      { keys: ['+', '='], label: t('tools.zoomIn'), run: actions.zoomIn },
      { keys: ['-'], label: t('tools.zoomOut'), run: actions.zoomOut },
      { keys: ['f'], label: t('tools.fit'), run: actions.fit },
      { keys: ['Shift+F'], label: t('tools.oneToOne'), run: actions.oneToOne },
      { keys: ['r'], label: t('tools.rotate'), run: actions.rotate },
      { keys: ['h'], label: t('tools.flipHorizontal'), run: actions.flipHorizontal },
      { keys: ['Shift+H'], label: t('tools.flipVertical'), run: actions.flipVertical },
      { keys: ['Shift+I'], label: t('tools.invert'), run: actions.invert },
      { keys: ['Shift+G'], label: t('keys.graphics'), run: toggleGraphics },
      { keys: ['Shift+R'], label: t('tools.reset'), run: actions.reset },
    ],
    [t, presets],
  )
}

function useFindingKeys({ lesions }: Places): Shortcut[] {
  const { t } = useTranslation('viewer')
  return useMemo(
    () => [
      { keys: ['v'], label: t('keys.predictions'), run: actions.togglePredictions },
      { keys: ['n'], label: t('keys.nextLesion'), run: () => jumpToLesion(lesions, 1) },
      { keys: ['p'], label: t('keys.previousLesion'), run: () => jumpToLesion(lesions, -1) },
      { keys: ['i'], label: t('keys.information'), run: actions.toggleInformation },
    ],
    [t, lesions],
  )
}
