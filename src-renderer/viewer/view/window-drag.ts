import type { Window } from '#shared/pixels/voi'
import type { Point } from './view-state'

/**
 * A window after a drag: right is wider, up is darker (a higher centre), in steps that suit the width.
 *
 * @param slope of the values: where it is whole, a window is never narrower than 1
 */
export function draggedWindow({ center, width }: Window, [dx, dy]: Point, slope: number): Window {
  const grain = Math.max(width, 1e-6) / 256
  const least = slope % 1 === 0 ? 1 : 1e-6
  return { center: center - dy * grain, width: Math.max(least, width + dx * grain * 2) }
}
