import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Drawn } from '../stack/stack-view'
import { initialView, type ViewState } from '../view/view-state'
import { activeViewer, usePanes } from './panes'
import { changeViewIn, goToIn, type Viewer, type ViewerState } from './viewer'

export { type Tool, toolInHand } from './viewer'

/** The pane that a part of the screen belongs to; null outside of panes, where the active one is meant. */
export const PaneViewer = createContext<Viewer | null>(null)

function useViewerState<Part>(select: (state: ViewerState) => Part): Part {
  const own = useContext(PaneViewer)
  const active = usePanes(({ panes, active }) => panes[active].viewer)
  return useStore(own ?? active, select)
}

/** Follows the active pane, whichever that is. */
function subscribe(listener: (now: ViewerState, before: ViewerState) => void): () => void {
  let followed = activeViewer()
  let forget = followed.subscribe(listener)
  const forgetPanes = usePanes.subscribe(() => {
    const now = activeViewer()
    if (now === followed) return
    const before = followed.getState()
    forget()
    followed = now
    forget = now.subscribe(listener)
    listener(now.getState(), before)
  })
  return () => {
    forget()
    forgetPanes()
  }
}

/**
 * The viewer as it stands: within a pane that pane's state, elsewhere (toolbar, panels, keys) that of the active
 * pane.
 */
export const useViewer = Object.assign(useViewerState, {
  getState: () => activeViewer().getState(),
  setState: (change: Partial<ViewerState> | ((state: ViewerState) => Partial<ViewerState>)) =>
    activeViewer().setState(change),
  subscribe,
})

export const goTo = (index: number) => goToIn(activeViewer(), index)

export const step = (by: number) => goTo(useViewer.getState().index + by)

/** Changes the view by what is drawn now. */
export const changeView = (change: (view: ViewState, drawn: Drawn) => ViewState) =>
  changeViewIn(activeViewer(), change)

/** As the picture was when it was opened. */
export const resetView = () =>
  useViewer.setState(({ modality }) => ({
    view: initialView,
    window: null,
    inverted: modality === 'PT',
    palette: 'grey',
  }))

/** Draws a label, or leaves it out. */
export const toggleLabel = (label: string) =>
  useViewer.setState(({ hidden }) => {
    const next = new Set(hidden)
    if (!next.delete(label)) next.add(label)
    return { hidden: next }
  })
