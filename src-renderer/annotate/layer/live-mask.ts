import type { Affine } from '#renderer/viewer/view/view-state'
import type { Box, Rle } from '#shared/domain/finding'
import { encodeRle, forEachSetRun } from '#shared/geometry/rle'
import type { MaskBytes } from '#shared/geometry/shapes/brush'
import { boxOfMask, type Crop } from '#shared/geometry/shapes/crop'

/** A mask under the brush: its bytes, and a picture of them that is kept up to date where it changes. */
export class LiveMask implements MaskBytes {
  readonly rows: number
  readonly columns: number
  readonly bytes: Uint8Array
  readonly #canvas: HTMLCanvasElement
  #dirty: Box | null = null
  #colour: readonly [number, number, number] = [255, 255, 255]

  constructor(rows: number, columns: number) {
    this.rows = rows
    this.columns = columns
    this.bytes = new Uint8Array(rows * columns)
    this.#canvas = document.createElement('canvas')
    this.#canvas.width = columns
    this.#canvas.height = rows
  }

  /** Begins anew with a mask, or with nothing. */
  reset(colour: string, mask: Rle | null): void {
    this.#colour = rgb(colour)
    this.bytes.fill(0)
    this.#context().clearRect(0, 0, this.columns, this.rows)
    this.#dirty = [0, 0, this.columns, this.rows]
    if (!mask) return
    forEachSetRun(mask, (start, length) => this.bytes.fill(1, start, start + length))
    this.refresh(boxOfMask(mask))
  }

  /** Takes away what lies within a box. */
  clear([left, top, width, height]: Box): void {
    for (let y = top; y < top + height; y += 1) {
      this.bytes.fill(0, y * this.columns + left, y * this.columns + left + width)
    }
    this.refresh([left, top, width, height])
  }

  /** Puts a mask in the place of what lies within its box. */
  paste({ box, mask }: Crop): void {
    const [left, top, width, height] = box
    for (let y = 0; y < height; y += 1) {
      this.bytes.set(mask.subarray(y * width, (y + 1) * width), (top + y) * this.columns + left)
    }
    this.refresh(box)
  }

  /** Brings the picture up to date within a box. */
  refresh([left, top, width, height]: Box): void {
    if (width === 0 || height === 0) return
    const image = new ImageData(width, height)
    const [red, green, blue] = this.#colour
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (this.bytes[(top + y) * this.columns + left + x] !== 1) continue
        const at = (y * width + x) * 4
        image.data[at] = red
        image.data[at + 1] = green
        image.data[at + 2] = blue
        image.data[at + 3] = 255
      }
    }
    this.#context().putImageData(image, left, top)
    this.#dirty = this.#dirty ? around(this.#dirty, [left, top, width, height]) : [left, top, width, height]
  }

  /** What changed since this was last asked; null where nothing did. */
  takeDirty(): Box | null {
    const dirty = this.#dirty
    this.#dirty = null
    return dirty
  }

  toRle(): Rle {
    return encodeRle(this.bytes, this.rows, this.columns)
  }

  /** Draws a part of it over the picture, pixel by pixel. */
  draw(context: CanvasRenderingContext2D, affine: Affine, ratio: number, opacity: number): void {
    context.save()
    const [a, b, c, d, e, f] = affine
    context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
    context.imageSmoothingEnabled = false
    context.globalAlpha = opacity
    context.drawImage(this.#canvas, 0, 0)
    context.restore()
  }

  #context(): CanvasRenderingContext2D {
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('no canvas to draw a mask on')
    return context
  }
}

function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function around(a: Box, b: Box): Box {
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  return [left, top, Math.max(a[0] + a[2], b[0] + b[2]) - left, Math.max(a[1] + a[3], b[1] + b[3]) - top]
}
