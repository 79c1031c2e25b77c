import type { Frame } from '#shared/domain/image'
import { type Greys, pictureBytes, sameGreys } from '../display/picture-bytes'
import type { Affine } from '../view/view-state'

/** How a canvas is to be painted: where the picture lies (device pixels) and through which window. */
export interface Painting {
  affine: Affine
  greys: Greys
}

interface Scratch {
  canvas: HTMLCanvasElement
  context: CanvasRenderingContext2D
  pixels: ImageData
  frame: Frame | null
  greys: Greys | null
}

const paintings = new WeakMap<HTMLCanvasElement, () => Painting | null>()
const scratches = new WeakMap<HTMLCanvasElement, Scratch>()

/** Says where a canvas takes its painting from, whenever Cornerstone draws it. */
export const paintFrom = (canvas: HTMLCanvasElement, painting: () => Painting | null) =>
  paintings.set(canvas, painting)

/** Draws a frame on a canvas of Cornerstone's, at its place and in its greys. */
export function paint(canvas: HTMLCanvasElement, frame: Frame): void {
  const painting = paintings.get(canvas)?.()
  const context = canvas.getContext('2d')
  if (!context || !painting) return
  const picture = pictureOf(canvas, frame, painting.greys)
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = '#000'
  context.fillRect(0, 0, canvas.width, canvas.height)
  if (!picture) return
  const [a, b, c, d, e, f] = painting.affine
  const scale = Math.hypot(a, b)
  context.imageSmoothingEnabled = true
  // Mipmaps where the picture is made much smaller, or fine lines would come and go while scrolling.
  context.imageSmoothingQuality = scale < 0.6 ? 'medium' : 'low'
  context.setTransform(a, b, c, d, e, f)
  context.drawImage(picture, 0, 0)
}

/** The frame at its own size in display bytes; made again only when the frame or the greys changed. */
function pictureOf(target: HTMLCanvasElement, frame: Frame, greys: Greys): HTMLCanvasElement | null {
  const scratch = scratchOf(target, frame)
  if (!scratch) return null
  if (scratch.frame !== frame || !scratch.greys || !sameGreys(scratch.greys, greys)) {
    pictureBytes(frame, greys, scratch.pixels.data)
    scratch.context.putImageData(scratch.pixels, 0, 0)
    scratch.frame = frame
    scratch.greys = greys
  }
  return scratch.canvas
}

function scratchOf(target: HTMLCanvasElement, { rows, columns }: Frame): Scratch | null {
  const held = scratches.get(target)
  if (held && held.canvas.width === columns && held.canvas.height === rows) return held
  const canvas = document.createElement('canvas')
  canvas.width = columns
  canvas.height = rows
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return null
  const scratch = {
    canvas,
    context,
    pixels: context.createImageData(columns, rows),
    frame: null,
    greys: null,
  }
  scratches.set(target, scratch)
  return scratch
}
