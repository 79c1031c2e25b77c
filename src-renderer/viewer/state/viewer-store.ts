import { create } from 'zustand'
import type { Fault } from '#shared/domain/fault'
import type { Window } from '#shared/pixels/voi'
import type { Preset } from '../display/presets'
import type { Heat } from '../overlay/heat'
import type { Drawn } from '../stack/stack-view'
import { initialView, type ViewState } from '../view/view-state'

export type Tool = 'window' | 'pan' | 'zoom'

interface ViewerState {
  /** Images in the stack, and the one asked for, from 0. */
  count: number
  index: number
  /** What is on the screen; null before the first picture. */
  drawn: Drawn | null
  /** Why the image asked for cannot be shown. */
  failed: { index: number; fault: Fault } | null
  contextLost: boolean
  view: ViewState
  /** The window a person chose; null: the one the picture came with. */
  window: Window | null
  /** Windows to choose from, for the whole stack. */
  presets: readonly Preset[]
  inverted: boolean
  tool: Tool
  predictions: boolean
  fill: boolean
  contour: boolean
  box: boolean
  opacity: number
  /** Null: the operating point of the run. */
  threshold: number | null
  /** Labels that are not drawn. */
  hidden: ReadonlySet<string>
  /** The label under the pointer in the panel: the others step back. */
  focus: string | null
  /** Where the probability of a class comes from, drawn over its image. */
  heat: Heat | null
  heatOpacity: number
  information: boolean
}

/** Starts anew with every stack. */
const ofTheStack = {
  count: 0,
  index: 0,
  drawn: null,
  failed: null,
  view: initialView,
  window: null,
  presets: [],
  inverted: false,
  threshold: null,
  hidden: new Set<string>(),
  focus: null,
  heat: null,
} satisfies Partial<ViewerState>

/** The viewer as it stands: the one source of what the viewport, its overlays and the panels show. */
export const useViewer = create<ViewerState>(() => ({
  ...ofTheStack,
  contextLost: false,
  tool: 'window',
  predictions: true,
  fill: true,
  contour: true,
  box: true,
  opacity: 0.35,
  heatOpacity: 0.6,
  information: false,
}))

/** The tool that a drag uses: colour has no window, so it is moved instead. */
export const toolInHand = ({ tool, drawn }: Pick<ViewerState, 'tool' | 'drawn'>): Tool =>
  tool === 'window' && drawn?.frame.samples === 3 ? 'pan' : tool

/** Another stack: view, window and threshold start anew, tools and what is shown stay. */
export const openStack = (count: number, index: number) =>
  useViewer.setState({ ...ofTheStack, count, index: within(index, count) })

export const goTo = (index: number) =>
  useViewer.setState(({ count, failed }) => {
    const next = within(index, count)
    return { index: next, failed: failed?.index === next ? failed : null }
  })

export const step = (by: number) => goTo(useViewer.getState().index + by)

/** Changes the view by what is drawn now. */
export function changeView(change: (view: ViewState, drawn: Drawn) => ViewState): void {
  const { view, drawn } = useViewer.getState()
  if (drawn) useViewer.setState({ view: change(view, drawn) })
}

/** As the picture was when it was opened. */
export const resetView = () => useViewer.setState({ view: initialView, window: null, inverted: false })

/** Draws a label, or leaves it out. */
export const toggleLabel = (label: string) =>
  useViewer.setState(({ hidden }) => {
    const next = new Set(hidden)
    if (!next.delete(label)) next.add(label)
    return { hidden: next }
  })

const within = (index: number, count: number) => Math.max(0, Math.min(index, count - 1))
