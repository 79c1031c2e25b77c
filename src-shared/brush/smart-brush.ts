import { resample } from '../geometry/resample'
import { imageInput, pasted, promptInput } from './inputs'
import { type BrushPicture, rowsOf } from './picture'
import { type Click, type Extent, type View, wholeView, zoomedView } from './view'

/** From which probability a pixel is marked. */
const THRESHOLD = 0.5
/** A first click is looked at again if the zoomed view is at most this share of the whole. */
const REFINE = 0.7

/** What the network is asked: two tensors [1,3,256,256]. */
export interface BrushPass {
  image: Float32Array
  prompt: Float32Array
}

/**
 * One object of one picture: its clicks and the probabilities so far. It prepares what a promptable network is fed
 * and reads its answers, as models/training/smart-brush/README.md says ("What the application must do").
 */
export class SmartBrush {
  readonly #picture: BrushPicture
  #clicks: readonly Click[] = []
  #probability: Float32Array | null = null
  #view: View
  #before: { clicks: readonly Click[]; probability: Float32Array | null }[] = []

  /** @param start what is marked already, 1 or 0 for each pixel of the image, to be refined by clicks */
  constructor(picture: BrushPicture, start: Uint8Array | null = null) {
    const { size, fullSize } = picture
    this.#picture = picture
    this.#view = wholeView(size)
    if (!start) return
    this.#probability =
      size === fullSize
        ? Float32Array.from(start)
        : resample(rowsOf(start, fullSize[1]), fullSize, size, 'antialias')
  }

  get clicks(): readonly Click[] {
    return this.#clicks
  }

  /** Takes a click, in pixels of the image that the picture was made from. */
  click({ x, y, positive }: Click): void {
    const { size, fullSize } = this.#picture
    this.#before.push({ clicks: this.#clicks, probability: this.#probability })
    const at = {
      x: placeIn(x, fullSize[1], size[1]),
      y: placeIn(y, fullSize[0], size[0]),
      positive,
    }
    this.#clicks = [...this.#clicks, at]
    this.#view = this.#probability ? this.#zoomed() : wholeView(size)
  }

  /** Takes the last click back and what it brought; false where there is none. */
  undo(): boolean {
    const before = this.#before.pop()
    if (!before) return false
    this.#clicks = before.clicks
    this.#probability = before.probability
    return true
  }

  /** What the network is to be asked next. */
  pass(): BrushPass {
    return {
      image: imageInput(this.#picture, this.#view),
      prompt: promptInput(this.#clicks, this.#probability, this.#picture.size, this.#view),
    }
  }

  /** Takes the logits [256,256] of a pass; true where a closer look at the same click is to follow at once. */
  take(logits: Float32Array): boolean {
    const first = this.#probability === null
    const { size } = this.#picture
    const map = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
    this.#probability = pasted(map, this.#view, size)
    if (!first) return false
    const closer = this.#zoomed()
    if (closer.side > REFINE * Math.max(...size)) return false
    this.#view = closer
    return true
  }

  /** What is marked, 1 or 0 for each pixel of the image; null before the first answer. */
  mask(): Uint8Array | null {
    const { size, fullSize } = this.#picture
    const probability = this.#probability
    if (!probability) return null
    const full =
      size === fullSize ? probability : resample(rowsOf(probability, size[1]), size, fullSize, 'bilinear')
    return Uint8Array.from(full, (value) => (value >= THRESHOLD ? 1 : 0))
  }

  #zoomed(): View {
    return zoomedView(this.#picture.size, this.#marked(), this.#clicks)
  }

  #marked(): Extent {
    const [, columns] = this.#picture.size
    let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, -1, -1, -1]
    this.#probability?.forEach((value, at) => {
      if (value < THRESHOLD) return
      const x = at % columns
      bottom = (at - x) / columns
      if (top < 0) top = bottom
      if (x < left) left = x
      if (x > right) right = x
    })
    return top < 0 ? null : [left, top, right, bottom]
  }
}

function placeIn(pixel: number, from: number, to: number): number {
  return from === to ? pixel : Math.min(to - 1, Math.floor(((pixel + 0.5) * to) / from))
}
