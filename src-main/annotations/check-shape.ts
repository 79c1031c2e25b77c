import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { areaOfRle } from '#shared/geometry/rle'
import { definingPoints } from '#shared/geometry/shapes/points'

const mostPoints = 200_000
/** Pixels: farther out, a coordinate is a mistake and not a shape that is cut by the edge. */
const farthest = 1_000_000

const refuse = (expected: string, received: string): never => {
  throw new LeptonError('INPUT_INVALID', { expected, received })
}

/**
 * Refuses shapes that cannot be: masks of another size than their image or with nothing in them, boxes and ellipses
 * without extent, coordinates out of all measure. Shapes may reach over the edge of the image.
 * @throws INPUT_INVALID
 */
export function checkShape(shape: Shape, image: { rows: number; columns: number } | null): void {
  if (!image) {
    if (shape.kind !== 'tag') refuse('a tag where no image is named', shape.kind)
    return
  }
  const points = definingPoints(shape)
  if (points.length > mostPoints) refuse(`at most ${mostPoints} points`, `${points.length}`)
  const far = points.find((point) => point.some((value) => Math.abs(value) > farthest))
  if (far) refuse('coordinates in pixels of the image', far.join(', '))
  if (shape.kind === 'mask') checkMask(shape.mask, image)
  const extent = shape.kind === 'box' ? shape.box.slice(2) : shape.kind === 'ellipse' ? shape.radii : null
  if (extent?.some((side) => !(side > 0))) refuse(`${shape.kind} with an extent`, extent.join(' x '))
}

function checkMask(
  mask: { rows: number; columns: number; runs: readonly number[] },
  image: { rows: number; columns: number },
): void {
  if (mask.rows !== image.rows || mask.columns !== image.columns) {
    refuse(`a mask of ${image.columns} x ${image.rows}`, `${mask.columns} x ${mask.rows}`)
  }
  const pixels = mask.runs.reduce((sum, run) => sum + (run >= 0 ? run : Number.NaN), 0)
  if (pixels !== mask.rows * mask.columns) {
    refuse(`runs of ${mask.rows * mask.columns} pixels`, `runs of ${pixels}`)
  }
  if (areaOfRle({ ...mask, runs: [...mask.runs] }) === 0)
    refuse('a mask with at least one pixel', 'an empty mask')
}
