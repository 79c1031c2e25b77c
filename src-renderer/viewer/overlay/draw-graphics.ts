import type { GraphicPlane } from '#shared/domain/image'
import type { Drawn } from '../stack/stack-view'

/** Colours of planes one after another, none of them a colour of findings. */
const colours = [
  [255, 255, 255],
  [120, 220, 255],
  [255, 226, 120],
] as const

/** Planes as pictures once they were inflated. */
const pictures = new WeakMap<GraphicPlane, HTMLCanvasElement>()
const asked = new WeakSet<GraphicPlane>()

/** Draws the overlay planes of the file over a picture that was just drawn; `again` is called when one has come in. */
export function drawGraphics(overlay: HTMLCanvasElement, { frame, affine }: Drawn, again: () => void): void {
  const context = overlay.getContext('2d')
  const planes = frame.graphics ?? []
  if (!context || planes.length === 0) return
  const ratio = window.devicePixelRatio || 1
  const [a, b, c, d, e, f] = affine
  context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
  context.imageSmoothingEnabled = Math.hypot(a, b) * ratio < 1
  for (const [place, plane] of planes.entries()) {
    const picture = pictures.get(plane)
    if (picture) context.drawImage(picture, plane.origin[1], plane.origin[0])
    else void make(plane, colours[place % colours.length] ?? colours[0], again)
  }
  context.setTransform(1, 0, 0, 1, 0, 0)
}

async function make(
  plane: GraphicPlane,
  [red, green, blue]: readonly [number, number, number],
  again: () => void,
) {
  if (asked.has(plane)) return
  asked.add(plane)
  const bits = await inflated(plane.bits)
  const canvas = document.createElement('canvas')
  canvas.width = plane.columns
  canvas.height = plane.rows
  const context = canvas.getContext('2d')
  if (!context) return
  const pixels = context.createImageData(plane.columns, plane.rows)
  for (let at = 0; at < plane.rows * plane.columns; at += 1) {
    if (((bits[at >> 3] ?? 0) >> (at & 7)) & 1) pixels.data.set([red, green, blue, 255], at * 4)
  }
  context.putImageData(pixels, 0, 0)
  pictures.set(plane, canvas)
  again()
}

async function inflated(base64: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
