import type { GraphTensor } from '#shared/contract/model-wizard'
import { invalid } from './refuse'

/** A side of a tensor as the manifest wants it; null: any. */
export type WantedSide = number | null

/** A tensor as it is written in messages: float [1, 3, h, w]. */
export function tensorText({ type, shape }: Pick<GraphTensor, 'type' | 'shape'>): string {
  return shape ? `${type} [${shape.map((side) => side ?? '?').join(', ')}]` : type
}

/**
 * Whether a tensor can have one of the wanted types and shapes. A side that the graph leaves open fits anything,
 * and so does a shape that it does not state.
 * @throws MODEL_INVALID
 */
export function checkTensor(
  what: string,
  tensor: GraphTensor,
  types: readonly string[],
  shapes: readonly (readonly WantedSide[])[],
): void {
  const { shape } = tensor
  const fits = shape === null || shapes.some((wanted) => fitsShape(shape, wanted))
  if (types.includes(tensor.type) && fits) return
  const wanted = shapes.map((sides) => `[${sides.map((side) => side ?? '?').join(', ')}]`).join(' or ')
  throw invalid(`${what} as ${types.join(' or ')} ${wanted}`, tensorText(tensor))
}

function fitsShape(shape: NonNullable<GraphTensor['shape']>, wanted: readonly WantedSide[]): boolean {
  return (
    shape.length === wanted.length &&
    shape.every((side, at) => typeof side !== 'number' || wanted[at] === null || wanted[at] === side)
  )
}
