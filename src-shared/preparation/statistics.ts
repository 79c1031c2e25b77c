import type { Frame } from '../domain/image'
import type { NetworkInput } from '../domain/model-manifest/index'
import { percentileOf, tallyOf } from './tally'

type Intensity = NetworkInput['intensity']

/** What an intensity rule has to know of the pixels: least and greatest value of a range, or mean and deviation. */
export type Statistics = readonly [number, number]

/** Whether the rule of a network looks at pixels beyond those of the image itself. */
export function surveysSeries(intensity: Intensity): intensity is Extract<Intensity, { scope: unknown }> {
  return 'scope' in intensity && intensity.scope === 'series'
}

/** Figures of the pixels of some frames together; null where the rule needs none. */
export function statisticsOf(frames: readonly Frame[], input: NetworkInput): Statistics | null {
  const { intensity, channels } = input
  if (!('scope' in intensity)) return null
  const grey = channels.kind === 'grey' || channels.kind === 'neighbours'
  const values = frames.map((frame) => (grey && frame.samples === 3 ? lumaOf(frame) : frame))
  if (intensity.kind === 'z-score') return momentsOf(values)
  const tallies = values.map(tallyOf)
  return [percentileOf(tallies, intensity.low), percentileOf(tallies, intensity.high)]
}

type Values = Pick<Frame, 'data' | 'slope' | 'intercept'>

function momentsOf(frames: readonly Values[]): Statistics {
  let [count, sum, squares] = [0, 0, 0]
  for (const { data, slope, intercept } of frames) {
    for (let i = 0; i < data.length; i++) {
      const value = (data[i] ?? 0) * slope + intercept
      if (Number.isNaN(value)) continue
      count++
      sum += value
      squares += value * value
    }
  }
  if (count === 0) return [0, 1]
  const mean = sum / count
  return [mean, Math.sqrt(Math.max(0, squares / count - mean * mean))]
}

function lumaOf({ data }: Frame): Values {
  const luma = Float32Array.from({ length: data.length / 3 }, (_, i) => lumaAt(data, i))
  return { data: luma, slope: 1, intercept: 0 }
}

/** Brightness of an interleaved RGB pixel (ITU-R BT.601). */
export function lumaAt(data: ArrayLike<number>, pixel: number): number {
  const at = 3 * pixel
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
}
