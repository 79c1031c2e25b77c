import type { SeriesImage } from '#shared/contract/library'
import { faultOf, LeptonError } from '#shared/domain/fault'
import { planeOf } from '#shared/geometry/slice-plane'
import { dot, minus, plus, type Vector } from '#shared/geometry/vector'
import {
  middleOf,
  type PlaneName,
  planeFrames,
  planeNames,
  planeStep,
  volumePlane,
} from '#shared/geometry/volume-planes'
import type { Window } from '#shared/pixels/voi'
import { initialView } from '../view/view-state'
import { createMprStore, type MprState } from './mpr-store'
import type { FromWorker, MaskSource, ToWorker } from './protocol'

/**
 * Planes through the volume of a stack. A worker of its own holds the voxels and cuts; here is what to cut. Of each
 * plane one cut is under way at a time, and the last one asked for wins.
 */
export class MprSession {
  readonly store
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  private readonly underWay = new Set<PlaneName>()
  private readonly waiting = new Set<PlaneName>()
  private threshold: number | null = null

  constructor(
    private readonly images: readonly SeriesImage[],
    private readonly startAt: number,
    /** The window of the stack when the planes were opened. */
    readonly window: Window | null,
  ) {
    this.store = createMprStore(images.length)
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.take(data))
    this.worker.addEventListener('error', ({ message }) =>
      this.store.setState({ fault: faultOf(new LeptonError('INTERNAL', { received: message })) }),
    )
    this.tell({ kind: 'load', images })
  }

  close(): void {
    this.worker.terminate()
  }

  /** Other masks over the planes; null where there are none. */
  showMasks(source: MaskSource | null): void {
    this.store.setState({ maskFault: null })
    this.tell({ kind: 'masks', source })
    this.cut()
  }

  /** From which probability on; null hides the masks. */
  setThreshold(threshold: number | null): void {
    if (threshold === this.threshold) return
    this.threshold = threshold
    this.cut()
  }

  /** Lets the planes meet elsewhere, inside of the volume. */
  goTo(center: Vector): void {
    const { facts, cuts } = this.store.getState()
    if (!facts) return
    const frames = planeFrames(facts.grid, this.store.getState().axes)
    const inside = planeNames.reduce((place, name) => {
      const { normal } = frames[name]
      const [near, far] = cuts[name]?.plane.reach ?? volumePlane(facts.grid, frames[name], place).reach
      const along = dot(place, normal)
      const [least, most] = [near + 1e-3, far - 1e-3]
      return plus(place, normal, Math.min(Math.max(along, least), most) - along)
    }, center)
    const before = this.store.getState().center
    this.store.setState({ center: inside })
    const moved = before ? minus(inside, before) : null
    this.cut(planeNames.filter((name) => !moved || Math.abs(dot(moved, frames[name].normal)) > 1e-6))
  }

  /** Every plane as large as fits. */
  resetViews(): void {
    this.store.setState({ views: { axial: initialView, coronal: initialView, sagittal: initialView } })
  }

  /** Moves one plane by so many of its steps. */
  step(name: PlaneName, steps: number): void {
    const { facts, axes, center } = this.store.getState()
    if (!facts || !center) return
    const { normal } = planeFrames(facts.grid, axes)[name]
    this.goTo(plus(center, normal, steps * planeStep(facts.grid, normal)))
  }

  /** Moves the planes so that they meet in a slice of the stack. */
  goToSlice(index: number): void {
    const { center } = this.store.getState()
    const image = this.images[index]
    const plane = image && planeOf(image)
    if (!center || !plane) return
    this.goTo(plus(center, plane.normal, dot(minus(plane.origin, center), plane.normal)))
  }

  /** The slice of the stack nearest to a place. */
  nearestSlice(place: Vector): number {
    let nearest = 0
    let least = Number.POSITIVE_INFINITY
    for (const [at, image] of this.images.entries()) {
      const plane = planeOf(image)
      const distance = plane ? Math.abs(dot(minus(place, plane.origin), plane.normal)) : least
      if (distance >= least) continue
      least = distance
      nearest = at
    }
    return nearest
  }

  change(change: Partial<Pick<MprState, 'axes' | 'slab'>>): void {
    this.store.setState(change)
    this.cut()
  }

  private cut(names: readonly PlaneName[] = planeNames): void {
    for (const name of names) {
      if (this.underWay.has(name)) this.waiting.add(name)
      else this.request(name)
    }
  }

  private request(name: PlaneName): void {
    const { facts, axes, slab, center } = this.store.getState()
    if (!facts || !center) return
    this.underWay.add(name)
    const plane = volumePlane(facts.grid, planeFrames(facts.grid, axes)[name], center)
    this.tell({ kind: 'plane', name, plane, slab, threshold: this.threshold })
  }

  private take(message: FromWorker): void {
    const { store } = this
    if (message.kind === 'progress') store.setState({ loaded: message.loaded })
    if (message.kind === 'failed') store.setState({ fault: message.fault })
    if (message.kind === 'masks') {
      store.setState({ maskFault: message.fault })
      this.cut()
    }
    if (message.kind === 'loaded') {
      store.setState({ facts: message.facts, center: middleOf(message.facts.grid) })
      this.goToSlice(this.startAt)
      this.cut()
    }
    if (message.kind === 'plane') {
      const { name, plane, values, masks } = message
      this.underWay.delete(name)
      if (this.waiting.delete(name)) this.request(name)
      store.setState(({ cuts }) => ({ cuts: { ...cuts, [name]: { plane, values, masks } } }))
    }
  }

  private tell(message: ToWorker): void {
    this.worker.postMessage(message)
  }
}
