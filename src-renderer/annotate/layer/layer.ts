import type { Drawn } from '#renderer/viewer/stack/stack-view'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { type Affine, toImage } from '#renderer/viewer/view/view-state'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import { annotationsOf, objectOf, useAnnotations } from '../state/annotations'
import { type Desk, draw } from '../state/commands'
import { select, useHand } from '../state/hand'
import { sessions } from '../tools'
import { armLength } from '../tools/select'
import type { Bench, Draft, Place, ToolSession } from '../tools/tool'
import { LiveMask } from './live-mask'
import { type Look, paintHandles, paintOpen, paintShape, paintText, type Surface, surfaceOf } from './paint'

/** What the layer needs to know of its pane; asked at every use. */
export interface LayerPlace {
  desk(drawn: Drawn): Desk | null
  /** Whether objects go on from slice to slice. */
  stack(): boolean
  label(): string
  colourOf(label: string): string
  nameOf(label: string): string
  /** What is measured of a shape, as a short text. */
  measureText(shape: Shape, drawn: Drawn): string
}

interface Canvases {
  base: HTMLCanvasElement
  draft: HTMLCanvasElement
}

/** Layers on the screen, by the viewer of their pane. */
const layers = new Map<Viewer, AnnotationLayer>()
export const layerOf = (viewer: Viewer): AnnotationLayer | undefined => layers.get(viewer)

/**
 * Draws annotations over the picture of a pane and hands the pointer to the tool in hand. What is stored lies on one
 * canvas, drawn anew only when it changes; what is being drawn on another, of which only the changed part is.
 */
export class AnnotationLayer {
  #session: ToolSession | null = null
  #bench: Bench | null = null
  #live: LiveMask | null = null
  #imageId: number | null = null
  #hides: string | null = null
  #asked = { base: false, draft: false }
  /** What the canvas of the draft shows; null while it is empty. */
  #onDraft: { affine: Affine; live: LiveMask | null } | null = null
  #forget: (() => void)[] = []

  constructor(
    private readonly viewer: Viewer,
    private readonly canvases: Canvases,
    private readonly place: LayerPlace,
  ) {
    layers.set(viewer, this)
    this.#forget = [
      viewer.subscribe((now, before) => {
        if (now.drawn !== before.drawn) this.#shown(now.drawn)
        else if (now.opacity !== before.opacity) this.askBase()
      }),
      useAnnotations.subscribe((now, before) => {
        const id = this.#imageId
        if (now.byImage.get(id) !== before.byImage.get(id)) this.askBase()
      }),
      useHand.subscribe((now, before) => {
        if (now.tool !== before.tool) this.drop()
        if (
          now.selected !== before.selected ||
          now.hidden !== before.hidden ||
          now.visible !== before.visible
        )
          this.askBase()
      }),
    ]
    this.#shown(viewer.getState().drawn)
  }

  close(): void {
    for (const forget of this.#forget) forget()
    layers.delete(this.viewer)
  }

  /** The tool at work on what is on the screen; null where nothing can be drawn on. */
  session(): ToolSession | null {
    if (this.#session) return this.#session
    const drawn = this.viewer.getState().drawn
    const desk = drawn && this.place.desk(drawn)
    if (!desk) return null
    this.#bench = this.#benchOf(desk)
    this.#session = sessions[useHand.getState().tool](this.#bench)
    return this.#session
  }

  /** Gives up what is being drawn. */
  drop(): void {
    this.#session?.cancel()
    this.#session = null
    this.#hides = null
    this.askBase()
    this.askDraft()
  }

  placeOf(screen: Point, event: { altKey: boolean; ctrlKey: boolean; metaKey: boolean }): Place | null {
    const drawn = this.viewer.getState().drawn
    if (!drawn) return null
    const [x, y] = toImage(drawn.affine, screen)
    return { at: [x, y], screen, alt: event.altKey, ctrl: event.ctrlKey || event.metaKey }
  }

  askBase(): void {
    if (this.#asked.base) return
    this.#asked.base = true
    requestAnimationFrame(() => {
      this.#asked.base = false
      this.#paintBase()
    })
  }

  askDraft(): void {
    if (this.#asked.draft) return
    this.#asked.draft = true
    requestAnimationFrame(() => {
      this.#asked.draft = false
      this.#paintDraft()
    })
  }

  /** The visible annotations of the image on the screen, the last one on top. */
  annotations(): readonly Annotation[] {
    const { hidden, visible } = useHand.getState()
    if (!visible || this.#imageId === null) return []
    return annotationsOf(this.#imageId).filter(
      ({ state, objectId, shape }) => state !== 'rejected' && !hidden.has(objectId) && shape.kind !== 'tag',
    )
  }

  #shown(drawn: Drawn | null): void {
    const imageId = drawn?.image.id ?? null
    if (imageId !== this.#imageId) {
      this.#imageId = imageId
      this.#session?.cancel()
      this.#session = null
      this.#hides = null
    }
    this.#paintBase()
    this.#paintDraft()
  }

  #benchOf(desk: Desk): Bench {
    const { viewer, place } = this
    const first = viewer.getState().drawn
    if (!first) throw new Error('nothing is on the screen')
    return {
      get drawn() {
        const { drawn } = viewer.getState()
        return drawn && drawn.image.id === desk.image.id ? drawn : first
      },
      desk,
      get label() {
        return place.label()
      },
      stack: place.stack(),
      annotations: () => this.annotations(),
      liveMask: (of) => this.#liveMask(desk, of),
      redraw: () => {
        const hides = insteadOf(this.#session?.draft() ?? null)
        if (hides !== this.#hides) {
          this.#hides = hides
          this.askBase()
        }
        this.askDraft()
      },
      commit: (shape) => this.#commit(desk, shape),
    }
  }

  #liveMask({ image }: Desk, of: Annotation | null): LiveMask {
    if (this.#live?.rows !== image.rows || this.#live.columns !== image.columns) {
      this.#live = new LiveMask(image.rows, image.columns)
    }
    const colour = this.place.colourOf(of?.label ?? this.place.label())
    this.#live.reset(colour, of?.shape.kind === 'mask' ? of.shape.mask : null)
    return this.#live
  }

  /** Of slices: an object that is selected and not on this one goes on here. */
  #commit(desk: Desk, shape: Shape): void {
    const [selected, ...others] = [...useHand.getState().selected]
    const object = selected && others.length === 0 && this.place.stack() ? objectOf(selected) : []
    const [one] = object
    const goesOn =
      one &&
      (shape.kind === 'mask' || shape.kind === 'polygon') &&
      (one.shape.kind === 'mask' || one.shape.kind === 'polygon') &&
      one.seriesId === desk.seriesId &&
      object.every(({ imageId }) => imageId !== desk.image.id)
    select(goesOn ? draw(desk, one.label, shape, one.objectId) : draw(desk, this.place.label(), shape))
  }

  #lookOf({ label, objectId, shape }: Pick<Annotation, 'label' | 'objectId' | 'shape'>, drawn: Drawn): Look {
    const selected = useHand.getState().selected.has(objectId)
    const measured = this.place.measureText(shape, drawn)
    const always = shape.kind === 'line' || shape.kind === 'angle'
    const text = selected
      ? [this.place.nameOf(label), measured].filter(Boolean).join(' · ')
      : always
        ? measured
        : ''
    const opacity = this.viewer.getState().opacity
    return {
      colour: this.place.colourOf(label),
      fill: shape.kind === 'box' ? opacity * 0.3 : opacity * 0.7,
      selected,
      text,
    }
  }

  #paintBase(): void {
    const { drawn } = this.viewer.getState()
    if (!drawn) {
      this.canvases.base.getContext('2d')?.reset()
      return
    }
    const surface = surfaceOf(this.canvases.base, drawn.affine, drawn.viewport)
    if (!surface) return
    const shown = this.annotations().filter(({ id }) => id !== this.#hides)
    const looks = shown.map((one) => ({ one, look: this.#lookOf(one, drawn) }))
    for (const { one, look } of looks) paintShape(surface, one.shape, look)
    for (const { one, look } of looks) {
      if (look.selected) paintHandles(surface, one.shape, look.colour, armLength / drawn.zoom)
    }
    for (const { one, look } of looks) paintText(surface, one.shape, look)
    surface.context.restore()
  }

  #paintDraft(): void {
    const { drawn } = this.viewer.getState()
    const draft = this.#session?.draft() ?? null
    const before = this.#onDraft
    this.#onDraft = draft &&
      drawn && { affine: drawn.affine, live: draft.kind === 'mask' ? draft.live : null }
    if (!drawn || (!draft && !before)) return
    const same =
      draft?.kind === 'mask' && before?.live === draft.live && sameAffine(before.affine, drawn.affine)
    const dirty = draft?.kind === 'mask' ? draft.live.takeDirty() : null
    if (same && !dirty) return
    const surface = surfaceOf(this.canvases.draft, drawn.affine, drawn.viewport, same ? dirty : null)
    if (surface && draft) this.#paint(draft, surface, drawn)
    surface?.context.restore()
  }

  #paint(draft: Draft, surface: Surface, drawn: Drawn): void {
    const before = draft.kind === 'open' ? null : draft.instead
    const one = before === null ? undefined : this.annotations().find(({ id }) => id === before)
    const label = one?.label ?? this.place.label()
    const colour = this.place.colourOf(label)
    if (draft.kind === 'open') {
      paintOpen(surface, draft.points, colour, draft.closes)
    } else if (draft.kind === 'mask') {
      const opacity = Math.max(0.35, this.viewer.getState().opacity)
      draft.live.draw(surface.context, surface.affine, surface.ratio, opacity)
    } else {
      const text = this.place.measureText(draft.shape, drawn)
      const look: Look = { colour, fill: 0.12, selected: true, text }
      paintShape(surface, draft.shape, look)
      paintText(surface, draft.shape, look)
    }
  }
}

const insteadOf = (draft: Draft | null) => (draft && draft.kind !== 'open' ? draft.instead : null)

const sameAffine = (left: Affine, right: Affine) => left.every((value, at) => value === right[at])
