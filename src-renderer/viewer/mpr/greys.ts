import type { Greys } from '../display/picture-bytes'
import type { Viewer } from '../state/viewer'
import type { MprSession } from './mpr-session'

/** The window of the planes: the one a person chose for the stack, else the one it came with. */
export const greysOf = (viewer: Viewer, session: MprSession): Greys => {
  const { window, inverted, palette } = viewer.getState()
  const { facts } = session.store.getState()
  return { window: window ?? session.window ?? facts?.window ?? { center: 0, width: 1 }, inverted, palette }
}
