import type { Drawn } from '#renderer/viewer/stack/stack-view'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import type { LiveMask } from '../layer/live-mask'
import type { Desk } from '../state/commands'

/** Where the pointer is. */
export interface Place {
  /** In pixels of the image, from the corner of its first one. */
  at: Point
  /** In CSS pixels of the viewport. */
  screen: Point
  alt: boolean
  ctrl: boolean
}

/** What is being drawn and is no annotation yet. */
export type Draft =
  /** A shape, in the place of an annotation where it changes one. */
  | { kind: 'shape'; shape: Shape; instead: string | null }
  /** A line of points that is still open, and where the pointer is. */
  | { kind: 'open'; points: readonly Point[]; closes: boolean }
  /** A mask under the brush, in the place of an annotation where it changes one. */
  | { kind: 'mask'; live: LiveMask; instead: string | null }

/** What a tool works at: one image of one pane. */
export interface Bench {
  readonly drawn: Drawn
  readonly desk: Desk
  /** Label of what is drawn new. */
  readonly label: string
  /** What is shown of this image, the last one on top. */
  annotations(): readonly Annotation[]
  /** Slices of a body, where an object goes on from slice to slice. */
  readonly stack: boolean
  /** The brush's canvas of this image: with the mask of an annotation, or empty. */
  liveMask(of: Annotation | null): LiveMask
  /** The draft has changed. */
  redraw(): void
  /** Draws something new: on other slices than its own, the selected object goes on. */
  commit(shape: Shape): void
}

/** A tool at work on an image; thrown away with it. */
export interface ToolSession {
  press(place: Place): void
  drag(place: Place): void
  release(place: Place): void
  /** The pointer moves without being pressed. */
  hover?(place: Place): void
  /** Enter or a double click. */
  finish?(): void
  /** Backspace: takes the last point back. False where there is none. */
  back?(): boolean
  /** Escape. False where there was nothing to give up. */
  cancel(): boolean
  draft(): Draft | null
}

/** CSS pixels below which a press is a click and not a drag. */
export const clickReach = 4

export const apart = (left: Point, right: Point) => Math.hypot(left[0] - right[0], left[1] - right[1])
