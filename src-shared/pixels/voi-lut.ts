import type { VoiLut } from '#shared/domain/image'

const decoded = new WeakMap<VoiLut, Uint8Array>()

/** The levels of a table, 0 to 255. */
export function levelsOf(lut: VoiLut): Uint8Array {
  const known = decoded.get(lut) ?? bytesOf(lut.levels)
  decoded.set(lut, known)
  return known
}

const bytesOf = (hex: string) =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))

/** Brightness 0 to 255 of a modality value by a table; outside its range that of its ends (PS3.3, C.11.2.1.1). */
export function lutByte(lut: VoiLut, value: number): number {
  const levels = levelsOf(lut)
  const steps = levels.length - 1
  const place = lut.last > lut.first ? ((value - lut.first) / (lut.last - lut.first)) * steps : 0
  return levels[Math.round(Math.min(Math.max(place, 0), steps))] ?? 0
}

/** The window over the whole range of a table, which is shown by the table. */
export const windowOfLut = (lut: VoiLut) => ({
  center: (lut.first + lut.last + 1) / 2,
  width: lut.last - lut.first + 1,
  lut,
})
