import type { Box } from '#shared/domain/finding'
import { type Affine, toScreen, type ViewportSize } from '../view/view-state'
import type { Outline } from './outlines'

/** A box with its name, e.g. `Soft-tissue tumour · 0.94`. */
export interface NamedBox {
  box: Box
  text: string
  label: string
}

export interface OverlayPicture {
  viewport: ViewportSize
  affine: Affine
  outlines: readonly Outline[]
  boxes: readonly NamedBox[]
  /** Opacity of the fill, from 0 to 1. */
  opacity: number
  fill: boolean
  contour: boolean
  colourOf: (label: string) => string
}

/** Draws predictions over the picture: fills, contours of constant width, boxes and upright names. */
export function drawOverlay(canvas: HTMLCanvasElement, picture: OverlayPicture): void {
  const ratio = window.devicePixelRatio || 1
  const { width, height } = picture.viewport
  const context = sized(canvas, Math.round(width * ratio), Math.round(height * ratio))
  if (!context) return
  const [a, b, c, d, e, f] = picture.affine
  for (const { label, path } of picture.outlines) {
    const colour = picture.colourOf(label)
    context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
    if (picture.fill) {
      context.globalAlpha = picture.opacity
      context.fillStyle = colour
      context.fill(path, 'evenodd')
      context.globalAlpha = 1
    }
    if (picture.contour) stroke(context, path, colour, Math.hypot(a, b) * ratio, ratio)
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  for (const named of picture.boxes) nameBox(context, named, picture)
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

function nameBox(context: CanvasRenderingContext2D, { box, text, label }: NamedBox, picture: OverlayPicture) {
  const colour = picture.colourOf(label)
  const one = toScreen(picture.affine, [box[0], box[1]])
  const other = toScreen(picture.affine, [box[0] + box[2], box[1] + box[3]])
  const left = Math.round(Math.min(one[0], other[0])) - 2.5
  const top = Math.round(Math.min(one[1], other[1])) - 2.5
  const width = Math.round(Math.abs(other[0] - one[0])) + 5
  const height = Math.round(Math.abs(other[1] - one[1])) + 5
  context.strokeStyle = colour
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.strokeRect(left, top, width, height)
  context.setLineDash([])

  context.font = '12px system-ui, sans-serif'
  const plate = { width: context.measureText(text).width + 16, height: 22 }
  const x = Math.max(4, Math.min(left, picture.viewport.width - plate.width - 4))
  const above = top - plate.height - 4
  const y = above >= 4 ? above : Math.min(top + 4, picture.viewport.height - plate.height - 4)
  context.fillStyle = 'rgb(11 14 18 / 86%)'
  context.beginPath()
  context.roundRect(x + 0.5, y + 0.5, plate.width, plate.height, 4)
  context.fill()
  context.stroke()
  context.fillStyle = '#ffffff'
  context.textBaseline = 'middle'
  context.fillText(text, x + 8, y + plate.height / 2 + 1)
}
