import type { Point } from './camera'
import type { Form, Product } from './catalogue'

/** A package standing on a board: the middle of its foot at the front, in centimetres. */
export interface Placed {
  product: Product
  x: number
  y: number
  /** Distance of its front behind the board's edge. */
  z: number
  /** Turn about its upright axis, in radians. */
  turn: number
  /** 0 in the front row, 1 behind it, and so on. */
  row: number
}

/** Half width over the whole, from foot (0) to top (1). */
const profiles: Record<Form, readonly (readonly [height: number, width: number])[]> = {
  box: [[0, 1], [1, 1]],
  can: [[0, 0.93], [0.03, 1], [0.95, 1], [1, 0.92]],
  bottle: [[0, 0.9], [0.03, 1], [0.58, 1], [0.68, 0.93], [0.78, 0.62], [0.86, 0.4], [1, 0.38]],
  pouch: [[0, 0.94], [0.08, 0.97], [0.5, 1], [0.9, 0.97], [0.94, 0.98], [1, 0.98]],
} // biome-ignore format: a table

function halfWidth(form: Form, v: number): number {
  const profile = profiles[form]
  for (let i = 1; i < profile.length; i++) {
    const [h0, w0] = profile[i - 1] ?? [0, 1]
    const [h1, w1] = profile[i] ?? [1, 1]
    if (v <= h1) return w0 + ((w1 - w0) * (v - h0)) / (h1 - h0)
  }
  return profile.at(-1)?.[1] ?? 1
}

/** Heights at which the outline bends. */
export function bends(form: Form): number[] {
  return profiles[form].map(([height]) => height)
}

/** Whether the front is round, so that light falls off towards its sides. */
export function isRound(form: Form): boolean {
  return form !== 'box'
}

/**
 * The front of a package: u from 0 (left) to 1 (right), v from 0 (foot) to 1 (top). Boxes are flat, cans and bottles
 * round, pouches bulge.
 */
export function front(placed: Placed): (u: number, v: number) => Point {
  const { product } = placed
  return (u, v) => {
    const half = (product.width / 2) * halfWidth(product.form, v)
    if (!isRound(product.form)) return stand(placed, (2 * u - 1) * half, v, 0)
    const angle = (u - 0.5) * Math.PI
    const belly =
      product.form === 'pouch' ? (product.depth / 2) * Math.sin(Math.PI * Math.min(1, v * 1.05)) : half
    return stand(placed, half * Math.sin(angle), v, product.depth / 2 - belly * Math.cos(angle))
  }
}

/** A point of the package: `across` and `deep` in centimetres from the foot's front middle, v a share of the height. */
export function stand(placed: Placed, across: number, v: number, deep: number): Point {
  const { product } = placed
  const inward = deep - product.depth / 2
  const cos = Math.cos(placed.turn)
  const sin = Math.sin(placed.turn)
  return [
    placed.x + cos * across - sin * inward,
    placed.y + v * product.height,
    placed.z + product.depth / 2 + sin * across + cos * inward,
  ]
}

/** Points that enclose the whole package. */
export function extent(placed: Placed): Point[] {
  const { product } = placed
  const surface = front(placed)
  const outline = bends(product.form).flatMap((v) => [surface(0, v), surface(0.5, v), surface(1, v)])
  if (isRound(product.form)) return outline
  const half = product.width / 2
  const back = [-half, half].flatMap((across) => [0, 1].map((v) => stand(placed, across, v, product.depth)))
  return [...outline, ...back]
}
