import { create } from 'zustand'
import type { PresetName } from '#shared/domain/hanging-protocol'
import type { Predictions } from '../overlay/predictions'
import type { ViewportHandle } from '../viewport'
import { createViewer, type Viewer, type ViewerState } from './viewer'

/** Rows x columns of panes. */
export const layouts = ['1x1', '1x2', '2x1', '2x2'] as const
export type Layout = (typeof layouts)[number]

export const paneCount: Record<Layout, number> = { '1x1': 1, '1x2': 2, '2x1': 2, '2x2': 4 }

/** The series that a pane shows; of another study of the same subject in a comparison. */
export interface PaneContent {
  studyId: number
  seriesId: number
  /** The window to begin with, where the pictures offer it. */
  preset?: PresetName | null
}

/** A place on the screen for one stack, with its own state. Panes are never made anew; what they show is. */
export interface Pane {
  readonly viewer: Viewer
  /** What is drawn over the picture, and the viewport itself; set while they are on the screen. */
  readonly predictions: { current: Predictions | null }
  readonly handle: { current: ViewportHandle | null }
}

type PaneIndex = 0 | 1 | 2 | 3

/** What panes do together. */
export interface Links {
  scroll: boolean
  window: boolean
  zoom: boolean
  /** Where the slice of the active pane cuts the others. */
  lines: boolean
}

interface PanesState {
  layout: Layout
  panes: readonly [Pane, Pane, Pane, Pane]
  contents: readonly (PaneContent | null)[]
  active: PaneIndex
  links: Links
  /** Planes through the volume of the active pane's series, in place of the panes. */
  planes: boolean
}

const createPane = (): Pane => ({
  viewer: createViewer(),
  predictions: { current: null },
  handle: { current: null },
})

/** The panes of the viewer: which there are, what each shows, which one tools and panels speak of. */
export const usePanes = create<PanesState>(() => ({
  layout: '1x1',
  panes: [createPane(), createPane(), createPane(), createPane()],
  contents: [null, null, null, null],
  active: 0,
  links: { scroll: true, window: false, zoom: false, lines: true },
  planes: false,
}))

/** The state that toolbar, keys and panels speak of. */
export function activeViewer(): Viewer {
  const { panes, active } = usePanes.getState()
  return panes[active].viewer
}

export const activate = (index: number) =>
  usePanes.setState(({ active, layout }) =>
    index === active || index >= paneCount[layout] ? {} : { active: index as PaneIndex },
  )

/** Shows a series in a pane. */
export const place = (index: number, content: PaneContent | null) =>
  usePanes.setState(({ contents }) => ({ contents: contents.with(index, content) }))

export const toggleLink = (link: keyof Links) =>
  usePanes.setState(({ links }) => ({ links: { ...links, [link]: !links[link] } }))

/** Of tools and overlays there is one choice for all panes. */
const shared = [
  ...(['tool', 'predictions', 'fill', 'contour', 'box', 'opacity', 'heatOpacity'] as const),
  ...(['information', 'contextLost'] as const),
]

for (const { viewer } of usePanes.getState().panes) {
  viewer.subscribe((now, before) => {
    const changed = shared.filter((key) => now[key] !== before[key])
    if (changed.length === 0) return
    const change: Partial<ViewerState> = Object.fromEntries(changed.map((key) => [key, now[key]]))
    for (const other of usePanes.getState().panes) {
      const differs = changed.some((key) => other.viewer.getState()[key] !== now[key])
      if (differs) other.viewer.setState(change)
    }
  })
}
