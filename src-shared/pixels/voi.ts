import type { Frame, FrameInfo, VoiLut, VoiWindow } from '#shared/domain/image'
import { lutByte } from './voi-lut'

/** Which modality values are shown from black to white; by the table instead of a function where there is one. */
export interface Window extends Pick<VoiWindow, 'center' | 'width'> {
  lut?: VoiLut
}
export type VoiFunction = FrameInfo['voiFunction']

const WHITE = 255

/** Brightness 0 to 255, not rounded, of a modality value in a window (PS3.3, C.11.2.1.2 and C.11.2.1.3). */
export function voiByte(value: number, { center, width, lut }: Window, fn: VoiFunction): number {
  if (lut) return lutByte(lut, value)
  if (fn === 'SIGMOID') return WHITE / (1 + Math.exp((-4 * (value - center)) / width))
  const exact = fn === 'LINEAR_EXACT'
  const middle = exact ? center : center - 0.5
  const span = exact ? width : width - 1
  if (value <= middle - span / 2) return 0
  if (value > middle + span / 2) return WHITE
  return ((value - middle) / span + 0.5) * WHITE
}

/** What a viewer shows of a grey frame through a window: rows x columns bytes, MONOCHROME1 inverted. */
export function displayBytes(frame: Frame, window: Window): Uint8Array {
  const { data, min, max } = frame
  const bytes = new Uint8Array(data.length)
  const whole = data instanceof Float32Array || data instanceof Float64Array ? false : max - min < 65536
  if (!whole) {
    for (let index = 0; index < bytes.length; index++)
      bytes[index] = shade(frame, window, data[index] as number)
    return bytes
  }
  const table = Uint8Array.from({ length: max - min + 1 }, (_, step) => shade(frame, window, min + step))
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = table[(data[index] as number) - min] as number
  return bytes
}

function shade(
  { slope, intercept, voiFunction, photometric }: Frame,
  window: Window,
  stored: number,
): number {
  const byte = Math.round(voiByte(stored * slope + intercept, window, voiFunction))
  return photometric === 'MONOCHROME1' ? WHITE - byte : byte
}
