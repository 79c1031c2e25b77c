import { faultOf, LeptonError } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { Batch, Prepared, PreparedImage, PrepareJob } from './jobs'
import { Lru } from './lru'
import { type Planes, planesOf } from './planes'
import type { Slice, SliceReader } from './slices'

/** Pixels of one channel that go through the session together; larger images go one by one. */
const BATCH_PIXELS = 64 * 1024

interface Ready {
  image: PreparedImage
  /** One entry for each channel of the network's input. */
  channels: Planes[]
}

/** Decodes, normalises and stacks the images of a chunk into tensors. */
export class Preparer {
  readonly #reader: SliceReader
  readonly #planes = new Lru<Planes>(16)

  constructor(reader: SliceReader) {
    this.#reader = reader
  }

  async prepare(job: PrepareJob): Promise<Prepared> {
    const failures: Prepared['failures'] = []
    const ready: Ready[] = []
    for (const { index, places } of job.images) {
      try {
        ready.push(await this.#ready(job, index, places))
      } catch (error) {
        failures.push({ index, status: 'failed', fault: faultOf(error) })
      }
    }
    return { failures, batches: groupByShape(ready).map((group) => batchOf(group, job.input)) }
  }

  async #ready(job: PrepareJob, index: number, places: readonly number[]): Promise<Ready> {
    const sources = new Map(job.sources)
    const read = async (place: number): Promise<Slice> => {
      const source = sources.get(place)
      if (!source) throw new LeptonError('ENGINE_CRASHED')
      return this.#reader.read(source)
    }
    const planes = (place: number, slice: Slice): Planes => {
      const key = `${job.run} ${place}`
      const kept = this.#planes.get(key) ?? planesOf(slice.frame, job.input, job.range)
      this.#planes.set(key, kept, 1)
      return kept
    }
    const centre = await read(index)
    const { rows, columns, spacing } = centre.frame
    const channels: Planes[] = []
    for (const place of places) {
      const slice = place === index ? centre : await read(place).catch(() => centre)
      const fits = slice.frame.rows === rows && slice.frame.columns === columns
      channels.push(fits && slice !== centre ? planes(place, slice) : planes(index, centre))
    }
    const own = planes(index, centre)
    const { content } = own.grid
    return { image: { index, sha256: centre.sha256, rows, columns, spacing, content }, channels }
  }
}

function groupByShape(ready: readonly Ready[]): Ready[][] {
  const groups: Ready[][] = []
  for (const one of ready) {
    const group = groups.at(-1)
    const [rows, columns] = paddedOf(one)
    const last = group?.[0] && paddedOf(group[0])
    const fits = last && last[0] === rows && last[1] === columns
    if (group && fits && (group.length + 1) * rows * columns <= BATCH_PIXELS) group.push(one)
    else groups.push([one])
  }
  return groups
}

function paddedOf({ channels }: Ready): [number, number] {
  return channels[0]?.grid.padded ?? [0, 0]
}

function batchOf(group: readonly Ready[], { channels, intensity }: ModelManifest['input']): Batch {
  const { mean: means, std: stds } = 'mean' in intensity ? intensity : { mean: [0], std: [1] }
  const [rows, columns] = group[0] ? paddedOf(group[0]) : [0, 0]
  const depth = channels.kind === 'neighbours' ? channels.offsets.length : channels.kind === 'rgb' ? 3 : 1
  const data = new Float32Array(group.length * depth * rows * columns)
  group.forEach((one, n) => {
    for (let channel = 0; channel < depth; channel++) {
      const planes = one.channels[channels.kind === 'neighbours' ? channel : 0]
      const plane = planes?.colours[channels.kind === 'rgb' ? channel : 0]
      const mean = means[channel] ?? means[0] ?? 0
      const std = stds[channel] ?? stds[0] ?? 1
      if (!planes || !plane) continue
      const start = (n * depth + channel) * rows * columns
      const target = data.subarray(start, start + rows * columns)
      place(plane, planes.grid, target, mean, std)
    }
  })
  return { images: group.map(({ image }) => image), shape: [group.length, depth, rows, columns], data }
}

/** Writes a plane to the top left of its padded grid, standardised. */
function place(
  plane: Float32Array,
  { content: [rows, columns], padded: [, width], fill }: Planes['grid'],
  target: Float32Array,
  mean: number,
  std: number,
): void {
  target.fill((fill - mean) / std)
  for (let y = 0; y < rows; y++) {
    const [from, to] = [y * columns, y * width]
    for (let x = 0; x < columns; x++) target[to + x] = ((plane[from + x] ?? 0) - mean) / std
  }
}
