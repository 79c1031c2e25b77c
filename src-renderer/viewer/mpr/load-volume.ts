import type { SeriesImage } from '#shared/contract/library'
import { LeptonError } from '#shared/domain/fault'
import type { Frame, SampleArray } from '#shared/domain/image'
import type { Volume } from '#shared/geometry/reslice'
import { reducedGrid, volumeOfStack } from '#shared/geometry/volume-grid'
import { initialWindow } from '#shared/pixels/initial-window'
import { readFrame } from '../stack/read-frame'
import type { VolumeFacts } from './protocol'

/** Voxels that are held as they are; beyond, two by two of each slice are averaged. */
const mostVoxels = 200_000_000
/** The largest stack that is taken at all. */
const mostStacked = mostVoxels * 4
/** Frames asked for at once. */
const parallel = 3

/** A volume in memory, and the places in the stack its slices come from. */
export interface LoadedVolume extends VolumeFacts {
  volume: Volume
  order: readonly number[]
}

/**
 * Fetches the frames of a stack and lays them into one volume.
 * @throws LeptonError VOLUME_IRREGULAR, PIXELS_TOO_LARGE or what a frame could not be read for
 */
export async function loadVolume(
  images: readonly SeriesImage[],
  progress: (loaded: number) => void,
): Promise<LoadedVolume> {
  const { grid: whole, order, tilt, unevenness } = volumeOfStack(images)
  const [columns, rows, slices] = whole.size
  const voxels = columns * rows * slices
  if (voxels > mostStacked) {
    throw new LeptonError('PIXELS_TOO_LARGE', {
      expected: `${mostStacked / 1e6} million voxels or fewer`,
      received: `${columns} × ${rows} × ${slices}`,
    })
  }
  const reduced = voxels > mostVoxels ? 2 : 1
  const grid = reduced > 1 ? reducedGrid(whole, reduced) : whole
  const middle = Math.floor(slices / 2)
  const first = await frameAt(images, order[middle] ?? 0)
  const filling = new Filling(grid.size, first, reduced)
  let next = 0
  let loaded = 0
  const fetchOn = async () => {
    while (next < slices) {
      const slice = next
      next += 1
      filling.put(slice, slice === middle ? first : await frameAt(images, order[slice] ?? 0))
      loaded += 1
      progress(loaded)
    }
  }
  await Promise.all(Array.from({ length: parallel }, fetchOn))
  const { data: _, ...info } = first
  const { values, slope, intercept } = filling
  return {
    volume: { grid, values, slope, intercept },
    order,
    grid,
    tilt,
    unevenness,
    reduced,
    info,
    window: initialWindow(first),
  }
}

async function frameAt(images: readonly SeriesImage[], at: number): Promise<Frame> {
  const image = images[at]
  const frame = image && (await readFrame(image.id))
  if (frame?.samples !== 1) {
    throw new LeptonError('VOLUME_IRREGULAR', { expected: 'grey slices', received: 'colour' })
  }
  return frame
}

/** Voxels as they come in: stored values while all slices share their scale, else modality values. */
class Filling {
  values: SampleArray
  slope: number
  intercept: number
  private readonly filled: number[] = []

  constructor(
    private readonly size: readonly [number, number, number],
    { data, slope, intercept }: Frame,
    private readonly factor: number,
  ) {
    this.values = emptyLike(data, size[0] * size[1] * size[2])
    this.slope = slope
    this.intercept = intercept
  }

  put(slice: number, frame: Frame): void {
    const { slope, intercept, data } = frame
    const fits =
      slope === this.slope && intercept === this.intercept && data.constructor === this.values.constructor
    const scaled = this.slope === 1 && this.intercept === 0 && this.values instanceof Float32Array
    if (!fits && !scaled) this.toModality()
    const [columns, rows] = this.size
    const start = slice * columns * rows
    const stored = this.factor > 1 ? averaged(frame, this.size, this.factor) : data
    if (fits) this.values.set(stored, start)
    else
      for (let at = 0; at < stored.length; at += 1)
        this.values[start + at] = (stored[at] as number) * slope + intercept
    this.filled.push(slice)
  }

  private toModality(): void {
    const { values, slope, intercept, size, filled } = this
    const pixels = size[0] * size[1]
    const modality = new Float32Array(values.length)
    for (const slice of filled)
      for (let at = slice * pixels; at < (slice + 1) * pixels; at += 1)
        modality[at] = (values[at] as number) * slope + intercept
    this.values = modality
    this.slope = 1
    this.intercept = 0
  }
}

function emptyLike(data: SampleArray, length: number): SampleArray {
  if (data instanceof Uint8Array) return new Uint8Array(length)
  if (data instanceof Int8Array) return new Int8Array(length)
  if (data instanceof Uint16Array) return new Uint16Array(length)
  if (data instanceof Int16Array) return new Int16Array(length)
  return new Float32Array(length)
}

/** Means of blocks of factor x factor pixels, rounded where stored values are whole numbers. */
function averaged(
  { data, columns }: Frame,
  [width, height]: readonly [number, number, number],
  factor: number,
): Float32Array {
  const means = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      let sum = 0
      for (let dy = 0; dy < factor; dy += 1)
        for (let dx = 0; dx < factor; dx += 1)
          sum += data[(y * factor + dy) * columns + x * factor + dx] as number
      means[at] = sum / factor / factor
    }
  }
  return means
}
