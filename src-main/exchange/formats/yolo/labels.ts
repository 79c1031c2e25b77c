import type { Shape } from '#shared/domain/annotation/shape'
import { cornersOf, extentOf } from '#shared/geometry/shapes/extent'
import { partsOf } from '#shared/geometry/shapes/parts'
import type { ExportAnnotation, ImageIdentity } from '../../types'
import { singleRing } from '../shapes/single-ring'

export type YoloTask = 'detect' | 'segment' | 'obb'

/** One line of a label file, and what it could not say. */
export interface YoloLine {
  numbers: number[]
  lost: string | null
  instead: string
}

/** The numbers after the class of a label line, from 0 to 1 of the picture's sides; null where the task has no line for it. */
export function lineOf({ shape }: ExportAnnotation, task: YoloTask, image: ImageIdentity): YoloLine | null {
  const box = extentOf(shape)
  if (!box || partsOf(shape).length === 0) return null
  switch (task) {
    case 'detect': {
      const [x, y, width, height] = box
      const numbers = scaled([x + width / 2, y + height / 2, width, height], image)
      const upright = shape.kind === 'box' && shape.angle === 0
      return {
        numbers,
        lost: upright ? null : lossOf(shape),
        instead: 'The upright box around it is written.',
      }
    }
    case 'obb': {
      const corners = shape.kind === 'box' ? cornersOf(shape.box, shape.angle) : cornersOf(box, 0)
      const numbers = scaled(corners.flat(), image)
      return {
        numbers,
        lost: shape.kind === 'box' ? null : lossOf(shape),
        instead: 'The upright box around it is written.',
      }
    }
    case 'segment': {
      const parts = partsOf(shape)
      const plain = parts.length === 1 && parts[0]?.length === 1
      return {
        numbers: scaled(singleRing(parts).flat(), image),
        lost: plain ? null : 'holes and separate parts',
        instead: 'They are joined to the outline by bridges of no width.',
      }
    }
  }
}

const lossOf = (shape: Shape) => (shape.kind === 'box' ? 'angle' : `outline (${shape.kind})`)

function scaled(numbers: readonly number[], { columns, rows }: ImageIdentity): number[] {
  return numbers.map((value, i) => value / (i % 2 === 0 ? columns : rows))
}
