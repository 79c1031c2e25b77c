import type { Affine, ViewportSize } from '../view/view-state'
import { drawBoxes, type NamedBox } from './draw-boxes'
import { drawHeat, type Heat } from './heat'
import type { Outline } from './outlines'

export interface OverlayPicture {
  viewport: ViewportSize
  affine: Affine
  outlines: readonly Outline[]
  boxes: readonly NamedBox[]
  /** Opacity of the fill, from 0 to 1. */
  opacity: number
  fill: boolean
  contour: boolean
  heat: Heat | null
  heatOpacity: number
  colourOf: (label: string) => string
}

/** Draws predictions over the picture: the heat of an explanation, fills, contours of constant width, boxes and upright names. */
export function drawOverlay(canvas: HTMLCanvasElement, picture: OverlayPicture): void {
  const ratio = window.devicePixelRatio || 1
  const { width, height } = picture.viewport
  const context = sized(canvas, Math.round(width * ratio), Math.round(height * ratio))
  if (!context) return
  const [a, b, c, d, e, f] = picture.affine
  context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
  if (picture.heat) drawHeat(context, picture.heat, picture.heatOpacity)
  for (const { label, path } of picture.outlines) {
    const colour = picture.colourOf(label)
    if (picture.fill) {
      context.globalAlpha = picture.opacity
      context.fillStyle = colour
      context.fill(path, 'evenodd')
      context.globalAlpha = 1
    }
    if (picture.contour) stroke(context, path, colour, Math.hypot(a, b) * ratio, ratio)
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  drawBoxes(context, picture.boxes, picture)
}

/** Empties the canvas over a picture, where no run draws on it. */
export function clearOverlay(canvas: HTMLCanvasElement, { width, height }: ViewportSize): void {
  const ratio = window.devicePixelRatio || 1
  sized(canvas, Math.round(width * ratio), Math.round(height * ratio))
}

/** The canvas at its size and empty; null where there is nothing to draw on. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d')
  context?.setTransform(1, 0, 0, 1, 0, 0)
  context?.clearRect(0, 0, width, height)
  return context
}

/** A line of two CSS pixels on a dark rim, seen on bright and dark tissue alike. */
function stroke(
  context: CanvasRenderingContext2D,
  path: Path2D,
  colour: string,
  scale: number,
  ratio: number,
): void {
  context.lineJoin = 'round'
  context.strokeStyle = 'rgb(0 0 0 / 45%)'
  context.lineWidth = (3.5 * ratio) / scale
  context.stroke(path)
  context.strokeStyle = colour
  context.lineWidth = (2 * ratio) / scale
  context.stroke(path)
}
