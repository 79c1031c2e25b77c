import { createStore, type StoreApi } from 'zustand'
import type { SeriesImage } from '#shared/contract/library'
import type { Fault } from '#shared/domain/fault'
import type { Window } from '#shared/pixels/voi'
import type { Palette } from '../display/palette'
import type { Preset } from '../display/presets'
import type { Heat } from '../overlay/heat'
import type { Drawn } from '../stack/stack-view'
import { initialView, type Point, type ViewState } from '../view/view-state'

export type Tool = 'window' | 'pan' | 'zoom' | 'crosshair'

export interface ViewerState {
  images: readonly SeriesImage[]
  modality: string | null
  /** Frame of Reference UID of the stack, once its header has told. */
  frameOfReference: string | null
  /** Images in the stack, and the one asked for, from 0. */
  count: number
  index: number
  /** What is on the screen; null before the first picture. */
  drawn: Drawn | null
  /** Why the image asked for cannot be shown. */
  failed: { index: number; fault: Fault } | null
  contextLost: boolean
  view: ViewState
  /** Where the pointer is over the picture, in CSS pixels. */
  pointer: Point | null
  /** The window a person chose; null: the one the picture came with. */
  window: Window | null
  /** The window that the stack was last shown in without one being chosen. */
  initialWindow: Window | null
  /** Windows to choose from, for the whole stack. */
  presets: readonly Preset[]
  inverted: boolean
  palette: Palette
  tool: Tool
  /** Whether the overlay planes of the file are drawn. */
  graphics: boolean
  predictions: boolean
  fill: boolean
  contour: boolean
  box: boolean
  opacity: number
  /** Null: the operating point of the run. */
  threshold: number | null
  /** Labels that are not drawn. */
  hidden: ReadonlySet<string>
  /** Findings that a reader has decided: what they were taken over as is drawn in their place. */
  settled: ReadonlySet<number>
  /** The label under the pointer in the panel: the others step back. */
  focus: string | null
  /** Where the probability of a class comes from, drawn over its image. */
  heat: Heat | null
  heatOpacity: number
  information: boolean
}

/** Starts anew with every stack. */
const ofTheStack = {
  images: [],
  modality: null,
  frameOfReference: null,
  count: 0,
  index: 0,
  drawn: null,
  failed: null,
  view: initialView,
  pointer: null,
  window: null,
  initialWindow: null,
  presets: [],
  inverted: false,
  palette: 'grey',
  threshold: null,
  hidden: new Set<string>(),
  focus: null,
  heat: null,
} satisfies Partial<ViewerState>

/** One pane's state: the one source of what its viewport, its overlays and, while it is active, the panels show. */
export type Viewer = StoreApi<ViewerState>

export const createViewer = (): Viewer =>
  createStore<ViewerState>(() => ({
    ...ofTheStack,
    contextLost: false,
    settled: new Set<number>(),
    tool: 'window',
    graphics: true,
    predictions: true,
    fill: true,
    contour: true,
    box: true,
    opacity: 0.35,
    heatOpacity: 0.6,
    information: false,
  }))

/** The tool that a drag uses: colour has no window, so it is moved instead; the crosshair is at home in planes. */
export const toolInHand = ({ tool, drawn }: Pick<ViewerState, 'tool' | 'drawn'>): Tool =>
  tool === 'window' && drawn?.frame.samples === 3 ? 'pan' : tool

/** Another stack: view, window and threshold start anew, tools and what is shown stay. */
export function openStack(
  viewer: Viewer,
  images: readonly SeriesImage[],
  modality: string | null,
  index: number,
): void {
  const count = images.length
  // uptake is read dark on white
  const inverted = modality === 'PT'
  viewer.setState({ ...ofTheStack, images, modality, inverted, count, index: within(index, count) })
}

const within = (index: number, count: number) => Math.max(0, Math.min(index, count - 1))

export const goToIn = (viewer: Viewer, index: number) =>
  viewer.setState(({ count, failed }) => {
    const next = within(index, count)
    return { index: next, failed: failed?.index === next ? failed : null }
  })

/** Changes the view by what is drawn now. */
export function changeViewIn(viewer: Viewer, change: (view: ViewState, drawn: Drawn) => ViewState): void {
  const { view, drawn } = viewer.getState()
  if (drawn) viewer.setState({ view: change(view, drawn) })
}
