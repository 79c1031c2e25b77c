import type { PictureFilter } from '#shared/contract/datasets'
import type { Shape } from '#shared/domain/annotation/shape'
import { heatSide, shapeSteps } from '#shared/domain/data-set/statistics'
import type { Box } from '#shared/domain/finding'
import { extentOf } from '#shared/geometry/shapes/extent'
import type { Member } from '../members/members'

/** The decade of a person's age at the study, e.g. `40`; empty where it is not known. */
export function ageOf({ age, birthDate, date }: Pick<Member, 'age' | 'birthDate' | 'date'>): string {
  const stated = /^(\d{3})([YMWD])$/.exec(age ?? '')
  const years = stated
    ? Number(stated[1]) / ({ Y: 1, M: 12, W: 52, D: 365 }[stated[2] ?? 'Y'] ?? 1)
    : birthDate && date
      ? (Date.parse(date) - Date.parse(birthDate)) / (365.25 * 24 * 3600 * 1000)
      : Number.NaN
  return years >= 0 && years < 150 ? String(Math.floor(years / 10) * 10) : ''
}

export const pictureSizeOf = ({ columns, rows }: Pick<Member, 'rows' | 'columns'>) => `${columns} x ${rows}`

/** Step of `shapeSteps` that the box around a shape falls in; null where it has no area. */
export function shapeStepOf(
  box: Box | null,
  { rows, columns }: Pick<Member, 'rows' | 'columns'>,
): number | null {
  if (!box || box[2] * box[3] === 0) return null
  const share = Math.min(1, (box[2] * box[3]) / (rows * columns))
  return shapeSteps.findIndex((step) => share <= step)
}

/** Cells of the heat map that a box covers. */
export function cellsOf(
  [x, y, width, height]: Box,
  { rows, columns }: Pick<Member, 'rows' | 'columns'>,
): number[] {
  const cell = (value: number, side: number) =>
    Math.min(heatSide - 1, Math.max(0, Math.floor((value / side) * heatSide)))
  const cells: number[] = []
  for (let row = cell(y, rows); row <= cell(y + height, rows); row++) {
    for (let column = cell(x, columns); column <= cell(x + width, columns); column++) {
      cells.push(row * heatSide + column)
    }
  }
  return cells
}

/** An annotation as far as most filters need to know it. */
export interface Mark {
  label: string
  reader: string
  kind: string
  state: string
  /** Needed by filters of size and place alone. */
  shape?: Shape
}

export const asksForShapes = ({ shape, cell }: PictureFilter) => shape !== undefined || cell !== undefined

/** Whether a picture, or one of its annotations, is what a filter asks for. */
export function passes(member: Member, annotations: readonly Mark[], filter: PictureFilter): boolean {
  const { sex, age, device, subject, size, excluded = false } = filter
  if ((member.excluded === 1) !== excluded) return false
  if (sex !== undefined && (member.sex ?? '') !== sex) return false
  if (age !== undefined && ageOf(member) !== age) return false
  if (device !== undefined && (member.device ?? '') !== device) return false
  if (subject !== undefined && member.subjectLabel !== subject) return false
  if (size !== undefined && pictureSizeOf(member) !== size) return false
  const { label, reader, kind, state, shape, cell } = filter
  const asks = [label, reader, kind, state, shape, cell].some((wish) => wish !== undefined)
  if (!asks) return true
  // nothing at all is also something to ask for
  if (label === '') return annotations.length === 0
  return annotations.some((one) => annotationPasses(one, member, filter))
}

function annotationPasses(one: Mark, member: Member, filter: PictureFilter): boolean {
  const { label, reader, kind, state, shape, cell } = filter
  if (label !== undefined && one.label !== label) return false
  if (reader !== undefined && one.reader !== reader) return false
  if (kind !== undefined && one.kind !== kind) return false
  if (state !== undefined && one.state !== state) return false
  if (shape === undefined && cell === undefined) return true
  const box = one.shape ? extentOf(one.shape) : null
  if (shape !== undefined && String(shapeStepOf(box, member)) !== shape) return false
  return cell === undefined || (box !== null && box[2] * box[3] > 0 && cellsOf(box, member).includes(cell))
}
