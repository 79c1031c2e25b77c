import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { activeViewer } from '#renderer/viewer/state/panes'
import { layerOf } from '../layer/layer'
import { drawingTools, isBrush, resizeBrush, select, take, useHand } from '../state/hand'
import { acts } from './acts'
import type { Working } from './desk'
import { toolKeys } from './drawing-tools'

const session = () => layerOf(activeViewer())?.session() ?? null

/** The keys of annotation; `?` lists them. */
export function useAnnotateKeys(working: Working): void {
  const { t } = useTranslation('annotate')
  useShortcuts(t('keys.title'), useEditKeys(working))
  useShortcuts(t('keys.tools'), useToolKeys())
  useShortcuts(t('keys.labels'), useLabelKeys(working))
}

function useToolKeys(): Shortcut[] {
  const { t } = useTranslation('annotate')
  const brush = useHand((state) => isBrush(state.tool))
  return useMemo(
    () => [
      ...drawingTools.map((tool) => ({
        keys: [toolKeys[tool]],
        label: t(`tools.${tool}`),
        run: () => take(tool),
      })),
      { keys: ['['], label: t('keys.smaller'), run: () => resizeBrush(1 / 1.25), disabled: !brush },
      { keys: [']'], label: t('keys.larger'), run: () => resizeBrush(1.25), disabled: !brush },
    ],
    [t, brush],
  )
}

function useEditKeys(working: Working): Shortcut[] {
  const { t } = useTranslation('annotate')
  return useMemo(() => {
    const back = () => {
      if (!session()?.back?.()) acts.remove(working)
    }
    // what is drawn is given up first, then what is selected, then the tool
    const giveUp = () => {
      if (session()?.cancel()) return
      if (useHand.getState().selected.size > 0) select()
      else take('select')
    }
    return [
      { keys: ['Mod+Z'], label: t('undo'), run: () => acts.undo(working) },
      { keys: ['Mod+Shift+Z', 'Mod+Y'], label: t('redo'), run: () => acts.redo(working) },
      { keys: ['Enter'], label: t('keys.finish'), run: () => session()?.finish?.() },
      { keys: ['Escape'], label: t('keys.cancel'), run: giveUp },
      { keys: ['Delete'], label: t('acts.remove'), run: () => acts.remove(working) },
      { keys: ['Backspace'], label: t('keys.back'), run: back },
      { keys: ['Shift+ArrowDown'], label: t('acts.copyNext'), run: () => acts.copy(working, 1) },
      { keys: ['Shift+ArrowUp'], label: t('acts.copyPrevious'), run: () => acts.copy(working, -1) },
      { keys: ['Shift+T'], label: t('acts.interpolate'), run: () => acts.interpolate(working) },
      { keys: ['Shift+K'], label: t('acts.split'), run: () => acts.split(working) },
      { keys: ['Shift+J'], label: t('acts.merge'), run: () => acts.merge(working) },
      { keys: ['Shift+O'], label: t('acts.closeHoles'), run: () => acts.closeHoles(working) },
      { keys: ['Shift+V'], label: t('acts.convert'), run: () => acts.convert(working) },
      { keys: ['Shift+E'], label: t('keys.visible'), run: acts.toggleVisible },
    ]
  }, [t, working])
}

/** Labels by their hot keys, while a tool draws or something is selected; else digits choose windows. */
function useLabelKeys(working: Working): Shortcut[] {
  const { labels } = working
  const disabled = useHand(({ tool, selected }) => tool === 'select' && selected.size === 0)
  return useMemo(
    () =>
      (labels.schema?.labels ?? []).flatMap(({ key, hotKey }) =>
        hotKey === null
          ? []
          : [{ keys: [hotKey], label: labels.nameOf(key), run: () => acts.label(working, key), disabled }],
      ),
    [labels, working, disabled],
  )
}
