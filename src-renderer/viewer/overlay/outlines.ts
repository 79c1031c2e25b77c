import type { Box } from '#shared/domain/finding'
import { maskOf, upsampleMap } from '#shared/geometry/probability'
import { type Region, regionsOf } from '#shared/geometry/regions'
import { forEachSetRun } from '#shared/geometry/rle'
import { outlineOf } from './mask-outline'
import { pathOfLoops } from './path-of-loops'
import { type ProbabilityMap, readMap } from './read-map'

/** Where one label reaches the threshold: a path in image pixels, and its connected regions. */
export interface Outline {
  label: string
  path: Path2D
  regions: readonly { box: Box; score: number }[]
}

/** Regions to leave out, e.g. those that belong to no lesion at the operating point. */
export type Keep = (predictionId: number, label: string, box: Box) => boolean

/** Fields on the stored image's grid that are kept, so that the threshold slider need not reckon them again. */
const fieldsKept = 4

/**
 * The outlines of a run's predictions at any threshold, reckoned by the very functions that found the lesions.
 * Maps are fetched once and kept compact; outlines are kept for one threshold at a time.
 */
export class Outlines {
  private readonly maps = new Map<number, ProbabilityMap | 'asked' | 'failed'>()
  private readonly fields = new Map<string, Float32Array>()
  private outlines = new Map<number, Outline[]>()
  private threshold = Number.NaN

  /** `arrived` is told when a map that was asked for is there, or cannot be had. */
  constructor(
    private readonly arrived: (predictionId: number) => void,
    private readonly keep: Keep,
    private readonly operatingPoint: number,
  ) {}

  /** The outlines of a prediction; null while its map is on its way. */
  at(predictionId: number, threshold: number): Outline[] | null {
    if (threshold !== this.threshold) {
      this.threshold = threshold
      this.outlines = new Map()
    }
    const ready = this.outlines.get(predictionId)
    if (ready) return ready
    const map = this.maps.get(predictionId)
    if (map === undefined) void this.fetch(predictionId)
    if (map === undefined || typeof map === 'string') return null
    const made = map.info.labels.map((_, label) => this.outlineOf(predictionId, map, label, threshold))
    this.outlines.set(predictionId, made)
    return made
  }

  /** What is to be left out has changed: outlines are reckoned again, from the maps that are there. */
  forget(): void {
    this.outlines = new Map()
  }

  /** Fetches a map ahead. */
  async fetch(predictionId: number): Promise<void> {
    if (this.maps.has(predictionId)) return
    this.maps.set(predictionId, 'asked')
    try {
      this.maps.set(predictionId, await readMap(predictionId))
    } catch {
      this.maps.set(predictionId, 'failed')
    }
    this.arrived(predictionId)
  }

  /** True where a map could not be had: the mask of that image is not on the screen. */
  failed(predictionId: number): boolean {
    return this.maps.get(predictionId) === 'failed'
  }

  private outlineOf(predictionId: number, map: ProbabilityMap, at: number, threshold: number): Outline {
    const { rows, columns } = map.info
    const label = map.info.labels[at] ?? ''
    const field = this.fieldOf(`${predictionId}/${at}`, map, at)
    const all = regionsOf(maskOf(field, threshold), field, rows, columns)
    const regions =
      threshold === this.operatingPoint ? all.filter(({ box }) => this.keep(predictionId, label, box)) : all
    return {
      label,
      path: pathOfLoops(outlineOf(union(regions, rows * columns), rows, columns)),
      regions: regions.map(({ box, maximum }) => ({ box, score: maximum / 255 })),
    }
  }

  private fieldOf(key: string, map: ProbabilityMap, label: number): Float32Array {
    const held = this.fields.get(key)
    if (held) return held
    const field = upsampleMap(map.info, map.bytes, label)
    this.fields.set(key, field)
    for (const oldest of this.fields.keys()) {
      if (this.fields.size <= fieldsKept) break
      this.fields.delete(oldest)
    }
    return field
  }
}

function union(regions: readonly Region[], pixels: number): Uint8Array {
  const mask = new Uint8Array(pixels)
  for (const { mask: runs } of regions) {
    forEachSetRun(runs, (start, length) => mask.fill(1, start, start + length))
  }
  return mask
}
