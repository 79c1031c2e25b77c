import { normalTable, randomStream } from '../random'

/** Stored value of bright fat under the coil's mean sensitivity. */
const fatValue = 1060
const noiseLevel = 13
const blurSigmaMm = 0.62
const ghostLevel = 0.012
const tableSize = 65_536
const normals = normalTable(tableSize, randomStream(0x4e6f6973))

/** What one acquisition adds to the signal; `stream` numbers it, so that repetitions differ in noise only. */
export interface Acquisition {
  rows: number
  columns: number
  pixel: number
  height: number
  seed: number
  stream: number
}

/**
 * Turns T1 signal (rows x columns, relative to fat) into stored 12-bit values: point spread, coil sensitivity,
 * a faint ghost along the phase direction (rows) and Rician noise.
 */
export function acquire(signal: Float32Array, acquisition: Acquisition): Uint16Array {
  const { rows, columns, pixel, height, seed, stream } = acquisition
  const blurred = blur(signal, rows, columns, blurSigmaMm / pixel)
  const stored = new Uint16Array(rows * columns)
  const random = randomStream(seed, stream, Math.round(height * 1000))
  let draw = random.below(tableSize)
  const ghost = Math.round(rows * 0.31)
  for (let row = 0; row < rows; row++) {
    const v = (row / rows - 0.5) * 2
    for (let column = 0; column < columns; column++) {
      const u = (column / columns - 0.5) * 2
      const coil = 1 - 0.1 * (u * u + v * v) + 0.07 * u - 0.05 * v * u
      const at = row * columns + column
      const echo = blurred[((row + ghost) % rows) * columns + column] ?? 0
      const clean = fatValue * (coil * (blurred[at] ?? 0) + ghostLevel * echo)
      if ((at & 1023) === 0) draw = random.below(tableSize)
      const real = clean + noiseLevel * (normals[draw++ & (tableSize - 1)] ?? 0)
      const imaginary = noiseLevel * (normals[(draw * 7 + 13) & (tableSize - 1)] ?? 0)
      stored[at] = Math.min(4095, Math.round(Math.sqrt(real * real + imaginary * imaginary)))
    }
  }
  return stored
}

/** Separable Gaussian blur; sigma in pixels, edges clamped. */
function blur(source: Float32Array, rows: number, columns: number, sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(sigma * 2.5))
  const kernel = Float32Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  )
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  const pass = (from: Float32Array, along: number, count: number, across: number, lines: number) => {
    const to = new Float32Array(from.length)
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        let sum = 0
        for (let k = -radius; k <= radius; k++) {
          const j = Math.min(count - 1, Math.max(0, i + k))
          sum += (kernel[k + radius] ?? 0) * (from[line * across + j * along] ?? 0)
        }
        to[line * across + i * along] = sum / total
      }
    }
    return to
  }
  return pass(pass(source, 1, columns, columns, rows), columns, rows, 1, columns)
}
