import type { AugmentationRecipe } from '../domain/data-set/augmentation'
import type { Chance } from './chance'

interface Tones {
  /** Of the blur, in pixels. */
  sigma: number
  /** Changes a plane of values from 0 to 1 in its place; each channel draws noise of its own. */
  apply(plane: Float32Array): void
}

/** Changes of grey values by chance within the bounds of a recipe, for planes of a size. */
export function drawTones(
  { gamma = [1, 1], contrast = [1, 1], noise = 0, blur = 0, bias = 0, cutout }: AugmentationRecipe,
  { rows, columns }: { rows: number; columns: number },
  chance: Chance,
): Tones {
  const power = Math.exp(chance.between(Math.log(gamma[0]), Math.log(gamma[1])))
  const slope = chance.between(contrast[0], contrast[1])
  const sigma = chance.between(0, blur)
  // a polynomial of second order over -1 to 1, at most `bias`
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = Array.from({ length: 5 }, () =>
    chance.between(-bias / 3, bias / 3),
  )
  const holes = Array.from({ length: cutout?.count ?? 0 }, () => [chance.next(), chance.next()] as const)
  const half = (cutout?.side ?? 0) / 2
  const isHole = (x: number, y: number) =>
    holes.some(([u, v]) => Math.abs(x - u) < half && Math.abs(y - v) < half)
  return {
    sigma,
    apply(plane) {
      for (let i = 0; i < plane.length; i++) {
        const column = i % columns
        // no pairs here: taking them apart costs more than all the rest
        const x = column / columns
        const y = (i - column) / columns / rows
        if (holes.length > 0 && isHole(x, y)) {
          plane[i] = 0
          continue
        }
        const value = plane[i] as number
        const u = 2 * x - 1
        const v = 2 * y - 1
        const field = bias > 0 ? Math.exp(a * u + b * v + c * u * v + d * u * u + e * v * v) : 1
        const toned = (power === 1 ? value : Math.max(0, value) ** power) * field
        const scattered = (toned - 0.5) * slope + 0.5 + (noise > 0 ? noise * chance.normal() : 0)
        plane[i] = Math.min(1, Math.max(0, scattered))
      }
    },
  }
}
