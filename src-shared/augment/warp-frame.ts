import type { AugmentationRecipe } from '../domain/data-set/augmentation'
import type { Frame, SampleArray } from '../domain/image'
import type { Chance } from './chance'
import { backward, type Warp } from './warp'

/** Values of one channel from 0 to 1, row by row. */
type Plane = Float32Array

/** The variant of a frame: warped, blurred, its tones changed, pieces put out. Size and type stay. */
export function augmentFrame(frame: Frame, warp: Warp, recipe: AugmentationRecipe, chance: Chance): Frame {
  const { samples } = frame
  const colour = samples === 3
  const [low, high] = colour ? [0, 255] : [frame.min, Math.max(frame.max, frame.min + 1)]
  const tones = drawTones(recipe, frame, chance)
  const planes = Array.from({ length: samples }, (_, channel) => {
    const plane = blurred(warped(frame, warp, channel, low, high), frame, tones.sigma)
    return plane.map((value, i) => tones.of(value, i))
  })
  const data = frame.data.slice() as SampleArray
  const whole = frame.type !== 'float32' && frame.type !== 'float64'
  for (let i = 0; i < data.length; i++) {
    const value = low + ((planes[i % samples] as Plane)[Math.floor(i / samples)] as number) * (high - low)
    data[i] = whole ? Math.round(value) : value
  }
  return { ...frame, data }
}

/** Bilinear; what lies outside the picture is dark. */
function warped(
  { data, rows, columns, samples }: Frame,
  warp: Warp,
  channel: number,
  low: number,
  high: number,
): Plane {
  const plane = new Float32Array(rows * columns)
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= columns || y >= rows
      ? 0
      : ((data[(y * columns + x) * samples + channel] as number) - low) / (high - low)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [px, py] = backward(warp, [column + 0.5, row + 0.5])
      const [x, y] = [Math.floor(px - 0.5), Math.floor(py - 0.5)]
      const [u, v] = [px - 0.5 - x, py - 0.5 - y]
      const top = at(x, y) * (1 - u) + (u > 0 ? at(x + 1, y) * u : 0)
      const bottom = v > 0 ? at(x, y + 1) * (1 - u) + (u > 0 ? at(x + 1, y + 1) * u : 0) : 0
      plane[row * columns + column] = top * (1 - v) + bottom * v
    }
  }
  return plane
}

function blurred(plane: Plane, { rows, columns }: Frame, sigma: number): Plane {
  if (sigma < 0.1) return plane
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  )
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const pass = (from: Plane, step: number, length: number, place: (i: number) => number) =>
    from.map((_, i) => {
      const here = place(i)
      return weights.reduce((sum, weight, k) => {
        const other = Math.min(length - 1, Math.max(0, here + k - reach))
        return sum + (weight / all) * (from[i + (other - here) * step] as number)
      }, 0)
    })
  const across = pass(plane, 1, columns, (i) => i % columns)
  return pass(across, columns, rows, (i) => Math.floor(i / columns))
}

function drawTones(recipe: AugmentationRecipe, { rows, columns }: Frame, chance: Chance) {
  const { gamma = [1, 1], contrast = [1, 1], noise = 0, blur = 0, bias = 0, cutout } = recipe
  const power = Math.exp(chance.between(Math.log(gamma[0]), Math.log(gamma[1])))
  const slope = chance.between(contrast[0], contrast[1])
  const sigma = chance.between(0, blur)
  // a polynomial of second order over -1 to 1, at most `bias`
  const coefficients = Array.from({ length: 5 }, () => chance.between(-bias / 3, bias / 3))
  const holes = Array.from({ length: cutout?.count ?? 0 }, () => [chance.next(), chance.next()] as const)
  const side = cutout?.side ?? 0
  return {
    sigma,
    of(value: number, i: number): number {
      const [x, y] = [(i % columns) / columns, Math.floor(i / columns) / rows]
      if (holes.some(([u, v]) => Math.abs(x - u) < side / 2 && Math.abs(y - v) < side / 2)) return 0
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = coefficients
      const [u, v] = [2 * x - 1, 2 * y - 1]
      const field = bias > 0 ? Math.exp(a * u + b * v + c * u * v + d * u * u + e * v * v) : 1
      const toned = (power === 1 ? value : Math.max(0, value) ** power) * field
      const scattered = (toned - 0.5) * slope + 0.5 + (noise > 0 ? noise * chance.normal() : 0)
      return Math.min(1, Math.max(0, scattered))
    },
  }
}
