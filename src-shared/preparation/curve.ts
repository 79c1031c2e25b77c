import type { Frame } from '../domain/image'
import type { NetworkInput } from '../domain/model-manifest/index'
import { type Statistics, statisticsOf } from './statistics'

/** Stored value v to x = v * gain + shift, cut to `least` … `most`. */
export interface Curve {
  gain: number
  shift: number
  least: number
  most: number
}

const SMALLEST = 1e-6

/**
 * The way from stored values of a frame into the network's range, before mean and standard deviation. Without
 * `statistics` of the series, those of the frame are taken. MONOCHROME1 is turned over.
 */
export function curveOf(frame: Frame, input: NetworkInput, statistics: Statistics | null): Curve {
  const { intensity } = input
  const { slope, intercept } = frame
  const inverted = frame.photometric === 'MONOCHROME1'
  switch (intensity.kind) {
    case 'percentile': {
      const [low, high] = statistics ?? statisticsOf([frame], input) ?? [0, 1]
      return ramp(low, Math.max(high - low, SMALLEST), frame)
    }
    case 'window':
      return ramp(intensity.centre - intensity.width / 2, intensity.width, frame)
    case 'z-score': {
      const [mean, deviation] = statistics ?? statisticsOf([frame], input) ?? [0, 1]
      const sign = inverted ? -1 : 1
      const spread = sign * Math.max(deviation, SMALLEST)
      return unbounded(slope / spread, (intercept - mean) / spread)
    }
    case 'scale': {
      // turned over within the range of the samples, so that 8-bit black becomes 255
      const gain = slope / intensity.divisor
      if (!inverted) return unbounded(gain, intercept / intensity.divisor)
      const ends = frame.type === 'uint8' ? 255 : frame.min + frame.max
      return unbounded(-gain, (ends * slope + intercept) / intensity.divisor)
    }
  }
}

/** 0 at modality value `low`, 1 at `low + width`; the other way round where bright is dark. */
function ramp(low: number, width: number, { slope, intercept, photometric }: Frame): Curve {
  const gain = slope / width
  const shift = (intercept - low) / width
  const bounds = { least: 0, most: 1 }
  return photometric === 'MONOCHROME1'
    ? { gain: -gain, shift: 1 - shift, ...bounds }
    : { gain, shift, ...bounds }
}

function unbounded(gain: number, shift: number): Curve {
  return { gain, shift, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
}

/** The border's value in the network's range: `fill` is a share of the 8-bit range where values are only scaled. */
export function borderOf(fill: number, { intensity }: NetworkInput): number {
  return intensity.kind === 'scale' ? fill * Math.max(1, 255 / intensity.divisor) : fill
}
