import { palettes } from '#renderer/viewer/display/palette'
import { activeViewer } from '#renderer/viewer/state/panes'
import { changeView, resetView, useViewer } from '#renderer/viewer/state/viewer-store'
import { zoomIn } from '#renderer/viewer/view/pointer'
import { flippedHorizontally, flippedVertically, rotatedClockwise } from '#renderer/viewer/view/view-state'

const toggle = (key: 'inverted' | 'predictions' | 'information') => () =>
  useViewer.setState((state) => ({ [key]: !state[key] }))

/** What buttons and keys do to the picture. */
export const actions = {
  rotate: () => changeView(rotatedClockwise),
  flipHorizontal: () => changeView(flippedHorizontally),
  flipVertical: () => changeView(flippedVertically),
  invert: toggle('inverted'),
  fit: () => changeView((view) => ({ ...view, zoom: null, center: null })),
  oneToOne: () => changeView((view) => ({ ...view, zoom: 1 / (window.devicePixelRatio || 1) })),
  reset: resetView,
  zoomIn: () => zoomIn(activeViewer(), 1.25),
  zoomOut: () => zoomIn(activeViewer(), 0.8),
  togglePredictions: toggle('predictions'),
  toggleInformation: toggle('information'),
}

export const nextPalette = () =>
  useViewer.setState(({ palette }) => ({
    palette: palettes[(palettes.indexOf(palette) + 1) % palettes.length] ?? 'grey',
    inverted: false,
  }))
