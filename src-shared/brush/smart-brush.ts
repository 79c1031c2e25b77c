import { resample } from '../geometry/resample'
import type { Crop } from '../geometry/shapes/crop'
import { imageInput, pasted, promptInput, wholeImageInput } from './inputs'
import { type Marked, markedIn, maskOf } from './marking'
import { type BrushPicture, rowsOf } from './picture'
import { type Click, type View, wholeView, zoomedView } from './view'

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
  readonly #whole: View
  #clicks: readonly Click[] = []
  #answer: Marked | null = null
  #view: View
  #before: { clicks: readonly Click[]; answer: Marked | null }[] = []

  /** @param start what is marked already, 1 or 0 for each pixel of the image, to be refined by clicks */
  constructor(picture: BrushPicture, start: Uint8Array | null = null) {
    const { size, fullSize } = picture
    this.#picture = picture
    this.#whole = wholeView(size)
    this.#view = this.#whole
    if (!start) return
    const probability =
      size === fullSize
        ? Float32Array.from(start)
        : resample(rowsOf(start, fullSize[1]), fullSize, size, 'antialias')
    this.#answer = { probability, marked: markedIn(probability, size, this.#whole) }
  }

  get clicks(): readonly Click[] {
    return this.#clicks
  }

  /** Takes a click, in pixels of the image that the picture was made from. */
  click({ x, y, positive }: Click): void {
    const { size, fullSize } = this.#picture
    this.#before.push({ clicks: this.#clicks, answer: this.#answer })
    const at = {
      x: placeIn(x, fullSize[1], size[1]),
      y: placeIn(y, fullSize[0], size[0]),
      positive,
    }
    this.#clicks = [...this.#clicks, at]
    this.#view = this.#answer ? this.#zoomed(this.#answer) : this.#whole
  }

  /** Takes the last click back and what it brought; false where there is none. */
  undo(): boolean {
    const before = this.#before.pop()
    if (!before) return false
    this.#clicks = before.clicks
    this.#answer = before.answer
    return true
  }

  /** What the network is to be asked next. */
  pass(): BrushPass {
    const { size } = this.#picture
    return {
      image:
        this.#view.side === this.#whole.side
          ? wholeImageInput(this.#picture)
          : imageInput(this.#picture, this.#view),
      prompt: promptInput(this.#clicks, this.#answer?.probability ?? null, size, this.#view),
    }
  }

  /** Takes the logits [256,256] of a pass; true where a closer look at the same click is to follow at once. */
  take(logits: Float32Array): boolean {
    const { size } = this.#picture
    const probability = pasted(logits.map(sigmoid), this.#view, size)
    const first = this.#answer === null
    const found = { probability, marked: markedIn(probability, size, this.#view) }
    this.#answer = found
    if (!first) return false
    const closer = this.#zoomed(found)
    if (closer.side > REFINE * this.#whole.side) return false
    this.#view = closer
    return true
  }

  /** What is marked, in pixels of the image; null before the first answer. */
  mask(): Crop | null {
    const { size, fullSize } = this.#picture
    if (!this.#answer) return null
    return maskOf(this.#answer, size, fullSize)
  }

  #zoomed({ marked }: Marked): View {
    return zoomedView(this.#picture.size, marked, this.#clicks)
  }
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit))

function placeIn(pixel: number, from: number, to: number): number {
  return from === to ? pixel : Math.min(to - 1, Math.floor(((pixel + 0.5) * to) / from))
}
