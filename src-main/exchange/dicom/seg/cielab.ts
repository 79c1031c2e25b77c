/** White point D50 of the profile connection space. */
const white = [0.96422, 1, 0.82521] as const

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

/** XYZ under D50 to linear sRGB, row by row. */
const fromXyz = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const

/** The colour #rrggbb of a CIELab value of DICOM, as near as a screen comes to it; null where there is none. */
export function fromCieLab([first, second, third]: readonly number[]): string | null {
  if (first === undefined || second === undefined || third === undefined) return null
  const lightness = (first / 65_535) * 100
  const y = (lightness + 16) / 116
  const x = y + ((second / 65_535) * 255 - 128) / 500
  const z = y - ((third / 65_535) * 255 - 128) / 200
  const xyz = [x, y, z].map((value, i) => {
    const ratio = value > 6 / 29 ? value ** 3 : 3 * (6 / 29) ** 2 * (value - 4 / 29)
    return ratio * (white[i] ?? 1)
  })
  const channels = fromXyz.map((row) => {
    const linear = row.reduce((total, weight, i) => total + weight * (xyz[i] ?? 0), 0)
    const bent = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
    return Math.round(Math.min(1, Math.max(0, bent)) * 255)
  })
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
