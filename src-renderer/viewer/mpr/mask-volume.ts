import type { Box } from '#shared/domain/finding'
import { maskOf, upsampleMap } from '#shared/geometry/probability'
import { regionsOf } from '#shared/geometry/regions'
import type { Volume } from '#shared/geometry/reslice'
import { forEachSetRun } from '#shared/geometry/rle'
import type { VolumeGrid } from '#shared/geometry/volume-grid'
import { type ProbabilityMap, readMap } from '../overlay/read-map'

export interface FoundRegion {
  label: string
  box: Box | null
}

/** Bytes that the masks of all labels may take. */
const mostBytes = 400_000_000

const same = (left: Box | null, right: Box) => left?.every((value, at) => value === right[at]) ?? false

/**
 * Probabilities of one run in a volume, as bytes, label by label: the same fields that the stack is drawn from. At
 * the operating point regions that belong to no finding are left out, there as here.
 */
export class MaskVolume {
  private readonly fields = new Map<string, Uint8Array>()
  private readonly kept = new Map<string, Uint8Array>()
  /** Voxels of regions that no finding keeps, label by label. */
  private readonly dropped = new Map<string, number[]>()
  /** Labels left out because memory would not do. */
  leftOut = 0

  constructor(
    private readonly grid: VolumeGrid,
    private readonly reduced: number,
    private readonly operatingPoint: number,
  ) {}

  get labels(): string[] {
    return [...this.fields.keys()]
  }

  /** Fetches the map of one slice and lays it into the volume. */
  async add(slice: number, predictionId: number, found: readonly FoundRegion[]): Promise<void> {
    const map = await readMap(predictionId)
    for (const [at, label] of map.info.labels.entries()) this.lay(slice, map, at, label, found)
  }

  /** The probabilities of a label as a volume from 0 to 255, ready to be cut. */
  volumeOf(label: string, threshold: number): Volume | null {
    const field = this.fields.get(label)
    if (!field) return null
    const values = threshold === this.operatingPoint ? this.keptOf(label, field) : field
    return { grid: this.grid, values, slope: 1, intercept: 0 }
  }

  private lay(
    slice: number,
    map: ProbabilityMap,
    at: number,
    label: string,
    found: readonly FoundRegion[],
  ): void {
    const target = this.fieldFor(label)
    if (!target) return
    const { rows, columns } = map.info
    const field = upsampleMap(map.info, map.bytes, at)
    const [width, height] = this.grid.size
    const start = slice * width * height
    const place = (pixel: number) => {
      const [x, y] = [pixel % columns, Math.floor(pixel / columns)]
      return start + Math.floor(y / this.reduced) * width + Math.floor(x / this.reduced)
    }
    for (let pixel = 0; pixel < field.length; pixel += 1) {
      const value = Math.round(field[pixel] ?? 0)
      const to = this.reduced === 1 ? start + pixel : place(pixel)
      if (value > (target[to] ?? 0)) target[to] = value
    }
    for (const { box, mask } of regionsOf(maskOf(field, this.operatingPoint), field, rows, columns)) {
      if (found.some((one) => one.label === label && same(one.box, box))) continue
      const gone = this.dropped.get(label) ?? []
      forEachSetRun(mask, (from, length) => {
        for (let pixel = from; pixel < from + length; pixel += 1) gone.push(place(pixel))
      })
      this.dropped.set(label, gone)
    }
  }

  private fieldFor(label: string): Uint8Array | null {
    const held = this.fields.get(label)
    if (held) return held
    const [columns, rows, slices] = this.grid.size
    const voxels = columns * rows * slices
    if ((this.fields.size + 1) * voxels > mostBytes) {
      this.leftOut += 1
      return null
    }
    const made = new Uint8Array(voxels)
    this.fields.set(label, made)
    return made
  }

  private keptOf(label: string, field: Uint8Array): Uint8Array {
    const gone = this.dropped.get(label)
    if (!gone) return field
    const held = this.kept.get(label)
    if (held) return held
    const kept = field.slice()
    for (const at of gone) kept[at] = 0
    this.kept.set(label, kept)
    return kept
  }
}
