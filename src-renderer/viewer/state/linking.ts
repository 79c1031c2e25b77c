import { matchingSlice, sliceDistance } from '#shared/geometry/slice-plane'
import { pictureOf } from '../view/pointer'
import { initialView, linkedView } from '../view/view-state'
import { paneCount, usePanes } from './panes'
import { goToIn, type Viewer, type ViewerState } from './viewer'

/** Where a follower of another frame of reference would be if stacks had no ends. */
const wanted = new WeakMap<Viewer, number>()
let following = false

/**
 * Where a pane goes when another one has moved: to the same place in the patient where the two can be compared;
 * where they cannot, as many millimetres (or slices) further. Null: nowhere, for they do not lie the same way.
 */
function followingSlice(now: ViewerState, before: ViewerState, follower: Viewer): number | null {
  const other = follower.getState()
  const from = now.images[now.index]
  if (!from) return null
  const together = now.frameOfReference !== null && now.frameOfReference === other.frameOfReference
  if (together || now.images === other.images) return matchingSlice(from, other.images)
  const [step, otherStep] = [sliceDistance(now.images), sliceDistance(other.images)]
  const ratio = step && otherStep ? step / otherStep : 1
  const held = wanted.get(follower)
  const start = held !== undefined && Math.round(held) === other.index ? held : other.index
  const place = start + (now.index - before.index) * ratio
  const inside = Math.max(0, Math.min(place, other.count - 1))
  wanted.set(follower, inside)
  return Math.round(inside)
}

function follow(now: ViewerState, before: ViewerState, follower: Viewer): void {
  const { links } = usePanes.getState()
  const other = follower.getState()
  if (other.count === 0 || now.images !== before.images) return
  if (links.scroll && now.index !== before.index) {
    const place = followingSlice(now, before, follower)
    if (place !== null) goToIn(follower, place)
  }
  if (links.window && now.window !== before.window && now.modality === other.modality)
    follower.setState({ window: now.window })
  if (links.zoom && now.view !== before.view && now.drawn && other.drawn) {
    const view =
      now.view === initialView
        ? initialView
        : linkedView(now.view, pictureOf(now.drawn), pictureOf(other.drawn))
    follower.setState({ view })
  }
}

/** Lets the panes on the screen follow each other, as far as they are linked. Returns what ends it. */
export function linkPanes(): () => void {
  const { panes } = usePanes.getState()
  const ends = panes.map(({ viewer }) =>
    viewer.subscribe((now, before) => {
      const { layout } = usePanes.getState()
      if (following || layout === '1x1') return
      following = true
      for (const other of panes.slice(0, paneCount[layout]))
        if (other.viewer !== viewer) follow(now, before, other.viewer)
      following = false
    }),
  )
  return () => {
    for (const end of ends) end()
  }
}
