import { Enums, eventTarget, RenderingEngine, type Types } from '@cornerstonejs/core'
import type { SeriesImage } from '#shared/contract/library'
import { type Fault, faultOf } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import { hotMetalFilter } from '../display/palette'
import type { Greys } from '../display/picture-bytes'
import {
  type Affine,
  affineOf,
  type PictureSize,
  type ViewportSize,
  type ViewState,
} from '../view/view-state'
import type { Backend } from './backend'
import { paintFrom } from './canvas-painter'
import { applyGreys, applyView } from './gpu-painter'
import { Prefetcher } from './prefetch'
import { cacheBound, frameOf, loadImage, register, unregister } from './stack-images'
import { fallBackToCanvas, start } from './start'

/** What is on the screen right now; handed over in the same animation frame in which it was drawn. */
export interface Drawn {
  index: number
  image: SeriesImage
  frame: Frame
  greys: Greys
  viewport: ViewportSize
  /** Image pixels (from the corner of the first one) to CSS pixels. */
  affine: Affine
  /** CSS pixels for one image pixel. */
  zoom: number
}

interface Handlers {
  /** The greys in which a frame is to be shown. */
  greysOf: (frame: Frame, index: number) => Greys
  viewOf: () => ViewState
  onDrawn: (drawn: Drawn) => void
  onFailed: (index: number, fault: Fault) => void
  /** WebGL was taken away by the driver; the picture is drawn by Canvas 2D from here on. */
  onContextLost: () => void
}

const viewportId = 'stack'
let engines = 0

/**
 * One Cornerstone stack viewport in an element. Holds no state of its own about how the picture looks: it
 * asks for view and greys at every drawing, so that whatever drew last is what the state said.
 */
export class StackView {
  private backend: Backend
  private engine: RenderingEngine
  private images: readonly SeriesImage[] = []
  private indexOf: ReadonlyMap<string, number> = new Map()
  private modality: string | null = null
  private index = 0
  private prefetcher: Prefetcher | null = null
  private readonly resized: ResizeObserver
  private closed = false
  /** CSS pixels; kept, because asking the element in mid-frame would lay the whole page out. */
  private size: ViewportSize

  constructor(
    private readonly element: HTMLDivElement,
    private readonly handlers: Handlers,
  ) {
    this.backend = start()
    this.size = { width: element.clientWidth, height: element.clientHeight }
    this.engine = this.enable()
    this.resized = new ResizeObserver(() => this.resize())
    this.resized.observe(element)
    element.addEventListener(Enums.Events.IMAGE_RENDERED, this.rendered)
    element.addEventListener(Enums.Events.STACK_NEW_IMAGE, this.imageChanged)
    eventTarget.addEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.contextLost)
  }

  /** Shows a stack from the given place on. */
  async open(images: readonly SeriesImage[], modality: string | null, index: number): Promise<void> {
    this.images = images
    this.modality = modality
    this.index = index
    this.prefetcher?.stop()
    const ids = register(this, images, modality)
    this.indexOf = new Map(ids.map((id, at) => [id, at]))
    try {
      await this.viewport.setStack(ids, index)
      if (this.closed || this.images !== images) return
      this.draw()
    } catch (error) {
      if (!this.closed && this.images === images) this.handlers.onFailed(index, faultOf(error))
    }
    if (!this.closed && this.images === images) this.prefetch(images, index)
  }

  /** Shows another image of the stack as soon as it is there; the last one asked for wins. */
  async show(index: number): Promise<void> {
    const direction = Math.sign(index - this.index)
    if (direction === 0) return
    this.index = index
    const images = this.images
    try {
      await this.viewport.setImageIdIndex(index)
    } catch (error) {
      if (this.index === index && this.images === images) this.handlers.onFailed(index, faultOf(error))
    }
    if (this.images === images) this.prefetcher?.aim(this.index, direction)
  }

  /** Asks again for the image that could not be shown. */
  async retry(): Promise<void> {
    await this.open(this.images, this.modality, this.index)
  }

  /** Draws in the next animation frame. */
  draw(): void {
    if (this.closed || !this.drawn()) return
    if (this.backend === 'webgl') this.dress()
    this.viewport.render()
  }

  close(): void {
    this.closed = true
    this.prefetcher?.stop()
    this.resized.disconnect()
    this.element.removeEventListener(Enums.Events.IMAGE_RENDERED, this.rendered)
    this.element.removeEventListener(Enums.Events.STACK_NEW_IMAGE, this.imageChanged)
    eventTarget.removeEventListener(Enums.Events.WEBGL_CONTEXT_LOST, this.contextLost)
    this.engine.destroy()
    unregister(this)
  }

  private get viewport(): Types.IStackViewport {
    return this.engine.getViewport(viewportId) as Types.IStackViewport
  }

  private enable(): RenderingEngine {
    engines += 1
    const engine = new RenderingEngine(`viewer-${engines}`)
    engine.enableElement({ viewportId, type: Enums.ViewportType.STACK, element: this.element })
    const viewport = engine.getViewport(viewportId) as Types.IStackViewport
    paintFrom(viewport.canvas, () => {
      const drawn = this.drawn()
      const ratio = window.devicePixelRatio || 1
      const affine = drawn?.affine.map((value) => value * ratio) as unknown as Affine | undefined
      return affine && drawn ? { affine, greys: drawn.greys } : null
    })
    return engine
  }

  /** What the next drawing shows; null while no image of this stack is there. */
  private drawn(): Drawn | null {
    const shown = this.viewport.getCornerstoneImage()
    const index = this.indexOf.get(shown?.imageId ?? '') ?? -1
    const image = this.images[index]
    const frame = shown && frameOf(shown)
    if (!image || !frame) return null
    const viewport = this.size
    const view = this.handlers.viewOf()
    const picture = pictureOf(image, frame)
    const affine = affineOf(view, picture, viewport, window.devicePixelRatio || 1)
    const zoom = Math.max(Math.abs(affine[0]), Math.abs(affine[1]))
    return { index, image, frame, viewport, affine, zoom, greys: this.handlers.greysOf(frame, index) }
  }

  private readonly rendered = () => {
    const drawn = this.drawn()
    if (drawn) this.handlers.onDrawn(drawn)
  }

  private readonly imageChanged = () => {
    if (this.backend === 'webgl') this.dress()
  }

  /** Gives the WebGL viewport its camera and transfer function. */
  private dress(): void {
    const drawn = this.drawn()
    if (!drawn) return
    applyGreys(this.viewport, drawn.frame, drawn.greys)
    this.element.style.filter = drawn.greys.palette === 'hotMetal' ? `url(#${hotMetalFilter})` : ''
    applyView(this.viewport, drawn.affine, drawn.viewport)
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.element
    this.size = { width, height }
    if (this.closed || width === 0 || height === 0) return
    if (this.backend === 'webgl') {
      this.engine.resize(true, true)
    } else {
      const ratio = window.devicePixelRatio || 1
      const { canvas } = this.viewport
      const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)]
      if (canvas.width === columns && canvas.height === rows) return
      canvas.width = columns
      canvas.height = rows
    }
    this.draw()
  }

  private readonly contextLost = () => {
    if (this.closed || this.backend !== 'webgl') return
    this.engine.destroy()
    fallBackToCanvas()
    this.backend = 'canvas'
    this.engine = this.enable()
    this.handlers.onContextLost()
    void this.open(this.images, this.modality, this.index)
  }

  private prefetch(images: readonly SeriesImage[], index: number): void {
    const bytes = Math.max(...images.slice(0, 100).map((image) => image.rows * image.columns * 3), 1)
    this.prefetcher = new Prefetcher({
      count: images.length,
      most: Math.floor((cacheBound * 0.75) / bytes),
      parallel: 2,
      load: async (at) => {
        const image = images[at]
        if (image) await loadImage(image.id)
      },
    })
    this.prefetcher.aim(index, 1)
  }
}

const pictureOf = (image: SeriesImage, frame: Frame): PictureSize => ({
  rows: frame.rows,
  columns: frame.columns,
  spacing: image.geometry?.spacing ?? frame.spacing,
})
