import { type PlaneName, planeFrames } from '#shared/geometry/volume-planes'
import { drawOverlay } from '../overlay/draw-overlay'
import { pathOfLoops } from '../overlay/path-of-loops'
import type { Labels } from '../overlay/predictions'
import type { Viewer } from '../state/viewer'
import { affineOf, type ViewportSize } from '../view/view-state'
import { drawCrosshair } from './crosshair'
import { greysOf } from './greys'
import type { MprSession } from './mpr-session'
import type { CutPlane } from './mpr-store'
import { planePicture } from './plane-picture'
import { listenOnPlane } from './plane-pointer'
import type { PlaneMask } from './protocol'

/** Keeps one plane on the screen, as the states of the session and of the pane say. Returns what ends it. */
export function showPlane(
  name: PlaneName,
  session: MprSession,
  viewer: Viewer,
  canvas: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
  labels: Labels,
): () => void {
  const { store } = session
  let size: ViewportSize = { width: canvas.clientWidth, height: canvas.clientHeight }
  let asked = 0
  const picture = document.createElement('canvas')
  let laid: CutPlane | null = null
  let painted: { cut: CutPlane; look: string } | null = null
  const paths = new WeakMap<PlaneMask, Path2D>()

  const draw = () => {
    asked = 0
    const { cuts, views, facts, center, axes } = store.getState()
    const cut = cuts[name]
    if (!cut || !facts || !center || size.width === 0 || size.height === 0) return
    const ratio = window.devicePixelRatio || 1
    const { plane } = cut
    const affine = affineOf(views[name], plane, size, ratio)
    const greys = greysOf(viewer, session)
    const look = JSON.stringify(greys)
    if (painted?.cut !== cut || painted.look !== look) {
      paintPicture(picture, cut, facts.info, greys)
      painted = { cut, look }
    }
    lay(canvas, picture, size, affine, ratio)
    if (cut !== laid) canvas.dispatchEvent(new Event('plane-drawn'))
    laid = cut
    const state = viewer.getState()
    drawOverlay(overlay, {
      viewport: size,
      affine,
      outlines: cut.masks
        .filter(({ label }) => !state.hidden.has(label))
        .map((mask) => ({ label: mask.label, path: pathOf(paths, mask), regions: [] })),
      boxes: [],
      opacity: state.opacity,
      fill: state.fill,
      contour: state.contour,
      heat: null,
      heatOpacity: 0,
      colourOf: labels.colourOf,
    })
    const context = overlay.getContext('2d')
    const frames = planeFrames(facts.grid, axes)
    if (context) drawCrosshair(context, { name, plane, frames, center, affine, viewport: size, ratio })
    const zoom = Math.max(Math.abs(affine[0]), Math.abs(affine[1]))
    store.setState(({ shown }) => ({ shown: { ...shown, [name]: { viewport: size, affine, zoom } } }))
  }
  const ask = () => {
    if (asked === 0) asked = requestAnimationFrame(draw)
  }

  const forget = store.subscribe((now, before) => {
    const changed =
      now.cuts[name] !== before.cuts[name] ||
      now.views[name] !== before.views[name] ||
      now.center !== before.center
    if (changed) ask()
  })
  const forgetViewer = viewer.subscribe(ask)
  const release = listenOnPlane(canvas, name, session, viewer)
  const resized = new ResizeObserver(() => {
    size = { width: canvas.clientWidth, height: canvas.clientHeight }
    ask()
  })
  resized.observe(canvas)
  ask()
  return () => {
    cancelAnimationFrame(asked)
    forget()
    forgetViewer()
    release()
    resized.disconnect()
  }
}

function paintPicture(
  picture: HTMLCanvasElement,
  { plane, values }: CutPlane,
  info: Parameters<typeof planePicture>[1],
  greys: Parameters<typeof planePicture>[2],
): void {
  picture.width = plane.columns
  picture.height = plane.rows
  const context = picture.getContext('2d', { alpha: false })
  if (!context) return
  const pixels = context.createImageData(plane.columns, plane.rows)
  planePicture(values, info, greys, pixels.data)
  context.putImageData(pixels, 0, 0)
}

function lay(
  canvas: HTMLCanvasElement,
  picture: HTMLCanvasElement,
  { width, height }: ViewportSize,
  affine: readonly number[],
  ratio: number,
): void {
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = affine.map((value) => value * ratio)
  context.imageSmoothingQuality = Math.hypot(a, b) < 0.6 ? 'medium' : 'low'
  context.setTransform(a, b, c, d, e, f)
  context.drawImage(picture, 0, 0)
}

function pathOf(paths: WeakMap<PlaneMask, Path2D>, mask: PlaneMask): Path2D {
  const held = paths.get(mask)
  if (held) return held
  const path = pathOfLoops(mask.loops)
  paths.set(mask, path)
  return path
}
