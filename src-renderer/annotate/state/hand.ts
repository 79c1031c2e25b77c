import { create } from 'zustand'
import type { ShapeKind } from '#shared/domain/annotation/shape'

/** What the left button does over a picture; with `select`, the viewer's own tools keep what nothing is selected by. */
export const drawingTools = [
  'select',
  'brush',
  'eraser',
  'thresholdBrush',
  'smartBrush',
  'polygon',
  'freehand',
  'box',
  'rotatedBox',
  'ellipse',
  'line',
  'angle',
  'point',
] as const
export type DrawingTool = (typeof drawingTools)[number]

/** The kind of shape that a tool makes; null for those that change what is there. */
export const shapeOfTool: Record<DrawingTool, ShapeKind | null> = {
  select: null,
  brush: 'mask',
  eraser: null,
  thresholdBrush: 'mask',
  smartBrush: 'mask',
  polygon: 'polygon',
  freehand: 'polygon',
  box: 'box',
  rotatedBox: 'box',
  ellipse: 'ellipse',
  line: 'line',
  angle: 'angle',
  point: 'point',
}

interface HandState {
  tool: DrawingTool
  /** Radius of the brush in CSS pixels, so that it feels the same at every zoom. */
  brush: number
  /** How many standard deviations of what lay under the first touch the threshold brush takes in. */
  tolerance: number
  /** Key of the label that is drawn; null: the first of the schema. */
  label: string | null
  /** Objects that are worked on. */
  selected: ReadonlySet<string>
  /** Objects that are not drawn. */
  hidden: ReadonlySet<string>
  /** Everything that readers drew. */
  visible: boolean
}

/** What is in the hand and what is selected: one for all panes. */
export const useHand = create<HandState>(() => ({
  tool: 'select',
  brush: 12,
  tolerance: 2,
  label: null,
  selected: new Set(),
  hidden: new Set(),
  visible: true,
}))

export const take = (tool: DrawingTool) => useHand.setState({ tool })

export const select = (...objects: string[]) => useHand.setState({ selected: new Set(objects) })

/** Adds an object to what is selected, or takes it out. */
export const toggleSelected = (objectId: string) =>
  useHand.setState(({ selected }) => ({ selected: toggled(selected, objectId) }))

export const toggleHidden = (objectId: string) =>
  useHand.setState(({ hidden }) => ({ hidden: toggled(hidden, objectId) }))

export const resizeBrush = (factor: number) =>
  useHand.setState(({ brush }) => ({ brush: Math.min(200, Math.max(1, brush * factor)) }))

export const isBrush = (tool: DrawingTool) =>
  tool === 'brush' || tool === 'eraser' || tool === 'thresholdBrush'

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(one)) next.add(one)
  return next
}
