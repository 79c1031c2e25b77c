/** White point D50 of the profile connection space. */
const white = [0.9642, 1, 0.8249] as const

/** Linear sRGB to XYZ under D50 (Bradford), row by row. */
const toXyz = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
] as const

/** A colour #rrggbb as CIELab in the 16-bit form of DICOM (PS3.3, C.10.7.1.1). */
export function cieLab(colour: string): number[] {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [x = 0, y = 0, z = 0] = toXyz.map((row, i) => {
    const sum = row.reduce((total, weight, channel) => total + weight * (linear[channel] ?? 0), 0)
    const ratio = sum / (white[i] ?? 1)
    return ratio > (6 / 29) ** 3 ? Math.cbrt(ratio) : ratio / (3 * (6 / 29) ** 2) + 4 / 29
  })
  const scaled = [
    ((116 * y - 16) / 100) * 65_535,
    ((500 * (x - y) + 128) / 255) * 65_535,
    ((200 * (y - z) + 128) / 255) * 65_535,
  ]
  return scaled.map((value) => Math.min(65_535, Math.max(0, Math.round(value))))
}
