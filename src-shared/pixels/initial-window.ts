import type { Frame, VoiWindow } from '#shared/domain/image'
import type { Window } from './voi'
import { windowOfLut } from './voi-lut'

/** So many pixels are enough to find percentiles by. */
const SAMPLES = 16_384
const LOW = 0.01
const HIGH = 0.99

/**
 * The window a viewer opens a grey frame with, in modality units: the first that is stored, else the first table,
 * else from the 1st to the 99th percentile of the values, padding left out.
 */
export function initialWindow(frame: Frame): VoiWindow & Window {
  const [stored] = frame.windows
  if (stored !== undefined) return stored
  const [table] = frame.voiLuts ?? []
  if (table !== undefined) return { ...windowOfLut(table), explanation: table.explanation }
  const { slope, intercept } = frame
  const values = sampled(frame)
  const ends = [quantile(values, LOW), quantile(values, HIGH)].map((value) => value * slope + intercept)
  const low = Math.min(...ends)
  const high = Math.max(...ends)
  if (frame.voiFunction === 'LINEAR')
    return { center: (low + high + 1) / 2, width: high - low + 1, explanation: '' }
  return { center: (low + high) / 2, width: Math.max(high - low, Number.EPSILON), explanation: '' }
}

function sampled({ data, padding }: Frame): Float64Array {
  const step = Math.max(1, Math.floor(data.length / SAMPLES))
  const values = new Float64Array(Math.ceil(data.length / step))
  let count = 0
  for (let index = 0; index < data.length; index += step) {
    const value = data[index] as number
    if (value !== padding && Number.isFinite(value)) values[count++] = value
  }
  return values.subarray(0, count).sort()
}

function quantile(sorted: Float64Array, part: number): number {
  return sorted[Math.round((sorted.length - 1) * part)] ?? 0
}
