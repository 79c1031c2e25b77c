import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { areaOfRle } from '#shared/geometry/rle'
import { definingPoints } from '#shared/geometry/shapes/points'
import type { ImageIdentity, ImportedAnnotation } from '../../types'

const mostPoints = 100_000
/** How far outside a picture a coordinate may lie, in pictures. */
const beyond = 8

/** An annotation of an image as a file gave it; what it leaves out is as if not said. @throws INPUT_INVALID */
export function imported(
  image: ImageIdentity,
  label: string,
  shape: Shape,
  more: Partial<Omit<ImportedAnnotation, 'image' | 'studyId' | 'label' | 'shape'>> & {
    colour?: string | null
  } = {},
): ImportedAnnotation {
  if (label.trim() === '') throw new LeptonError('INPUT_INVALID', { expected: 'a label', received: 'none' })
  checkShape(image, shape)
  const { colour = null, ...rest } = more
  return {
    image,
    studyId: image.studyId,
    label: { name: label, code: null, colour },
    shape,
    attributes: {},
    object: null,
    reader: null,
    note: '',
    ...rest,
  }
}

function checkShape({ rows, columns }: ImageIdentity, shape: Shape): void {
  if (shape.kind === 'tag') return
  if (shape.kind === 'mask') {
    const { mask } = shape
    const whole = mask.runs.every((run) => Number.isInteger(run) && run >= 0)
    const length = mask.runs.reduce((sum, run) => sum + run, 0)
    if (
      whole &&
      mask.rows === rows &&
      mask.columns === columns &&
      length === rows * columns &&
      areaOfRle(mask) > 0
    )
      return
    throw refused(`a mask of ${columns} x ${rows} with something in it`, `${mask.columns} x ${mask.rows}`)
  }
  const points = definingPoints(shape)
  if (points.length > mostPoints) throw refused(`at most ${mostPoints} points`, `${points.length}`)
  const reach = beyond * Math.max(rows, columns)
  const astray = points.find(([x, y]) => !(Math.abs(x) <= reach && Math.abs(y) <= reach))
  if (astray) throw refused(`points on a picture of ${columns} x ${rows}`, astray.join(', '))
  const sides = shape.kind === 'box' ? shape.box.slice(2) : shape.kind === 'ellipse' ? shape.radii : [1]
  if (!sides.every((side) => side > 0)) throw refused('sides greater than 0', sides.join(' x '))
}

const refused = (expected: string, received: string) =>
  new LeptonError('INPUT_INVALID', { expected, received })
