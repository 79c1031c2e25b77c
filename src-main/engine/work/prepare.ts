import { faultOf, LeptonError } from '#shared/domain/fault'
import type { NetworkInput } from '#shared/domain/model-manifest/index'
import type { Grid, Size } from '#shared/geometry/grid'
import { type Planes, planesOf } from '#shared/preparation/planes'
import { depthOf, writeView } from '#shared/preparation/tensor'
import type { Batch, Prepared, PreparedImage, PrepareJob } from './jobs'
import { Lru } from './lru'
import type { Slice, SliceReader } from './slices'

/** Pixels of one channel that go through the session together; larger images go one by one. */
const BATCH_PIXELS = 64 * 1024
/** Pixels of one channel in all tiles that are prepared together. */
const TILED_PIXELS = 2 ** 21
/** Memory of the planes that are kept for neighbours, and for the other tiles of the images under way. */
const KEPT_BYTES = 32 * 1024 * 1024
/** What a small plane counts for: no more than 32 are kept, so that memory does not grow with the folder. */
const LEAST_BYTES = KEPT_BYTES / 32

interface Ready {
  image: PreparedImage
  grid: Grid
  offset: Size
  /** One entry for each neighbour, or the image alone. */
  planes: Planes[]
}

/** Decodes, normalises and stacks the images of a chunk into tensors. */
export class Preparer {
  readonly #reader: SliceReader
  readonly #planes = new Lru<Planes>(KEPT_BYTES)

  constructor(reader: SliceReader) {
    this.#reader = reader
  }

  async prepare(job: PrepareJob): Promise<Prepared> {
    const failures: Prepared['failures'] = []
    const ready: Ready[] = []
    let nextTile: number | null = null
    for (const { index, places } of job.images) {
      try {
        const views = await this.#views(job, index, places)
        const most = tilesAtOnce(views[0]?.grid)
        ready.push(...views.slice(job.tile, job.tile + most))
        if (job.tile + most < views.length) nextTile = job.tile + most
      } catch (error) {
        failures.push({ index, status: 'failed', fault: faultOf(error) })
      }
    }
    const batches = groupByShape(ready).map((group) => batchOf(group, job.input))
    return { failures, batches, nextTile }
  }

  /** Every view of an image. */
  async #views(job: PrepareJob, index: number, places: readonly number[]): Promise<Ready[]> {
    const sources = new Map(job.sources)
    const read = async (place: number): Promise<Slice> => {
      const source = sources.get(place)
      if (!source) throw new LeptonError('ENGINE_CRASHED')
      return this.#reader.read(source)
    }
    const planes = (place: number, slice: Slice): Planes => {
      const key = `${job.run} ${place}`
      const kept = this.#planes.get(key) ?? planesOf(slice.frame, job.input, job.statistics)
      this.#planes.set(key, kept, Math.max(LEAST_BYTES, kept.bytes))
      return kept
    }
    const centre = await read(index)
    const { rows, columns, spacing } = centre.frame
    const stacked: Planes[] = []
    for (const place of places) {
      const slice = place === index ? centre : await read(place).catch(() => centre)
      const fits = slice.frame.rows === rows && slice.frame.columns === columns
      stacked.push(fits && slice !== centre ? planes(place, slice) : planes(index, centre))
    }
    const { grid } = planes(index, centre)
    const image = { index, sha256: centre.sha256, rows, columns, spacing, content: grid.content }
    return grid.offsets.map((offset) => ({ image, grid, offset, planes: stacked }))
  }
}

function tilesAtOnce(grid: Grid | undefined): number {
  const [rows, columns] = grid?.padded ?? [1, 1]
  return Math.max(1, Math.floor(TILED_PIXELS / (rows * columns)))
}

function groupByShape(ready: readonly Ready[]): Ready[][] {
  const groups: Ready[][] = []
  for (const one of ready) {
    const group = groups.at(-1)
    const [rows, columns] = one.grid.padded
    const last = group?.[0]?.grid.padded
    const fits = last && last[0] === rows && last[1] === columns
    if (group && fits && (group.length + 1) * rows * columns <= BATCH_PIXELS) group.push(one)
    else groups.push([one])
  }
  return groups
}

function batchOf(group: readonly Ready[], input: NetworkInput): Batch {
  const [rows, columns] = group[0]?.grid.padded ?? [0, 0]
  const depth = depthOf(input)
  const size = depth * rows * columns
  const data = new Float32Array(group.length * size)
  group.forEach(({ planes, grid, offset }, n) => {
    writeView(data.subarray(n * size, (n + 1) * size), planes, grid, offset, input)
  })
  const views = group.map(({ image, offset }) => ({ image, offset }))
  return { views, shape: [group.length, depth, rows, columns], data }
}
