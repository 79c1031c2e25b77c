import type { LabelAttribute, SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { ExportAnnotation } from '../../types'
import { attributeConcept, ucum } from '../object/codes'
import { concept, unit } from './concepts'
import { code, type Item, number, plain, text } from './content'

/** Answers to the questions of a label, and the remark, as evaluations of a measurement group. */
export function evaluations({ attributes, note }: ExportAnnotation, label: SchemaLabel): Item[] {
  const answers = label.attributes.flatMap((attribute) => answersOf(attribute, attributes[attribute.key]))
  return note === '' ? answers : [...answers, text('CONTAINS', concept.comment, plain(note))]
}

function answersOf(attribute: LabelAttribute, answer: string | number | string[] | undefined): Item[] {
  if (answer === undefined || answer === '') return []
  const asked = attributeConcept(attribute)
  switch (attribute.type) {
    case 'select':
      return attribute.options
        .filter(({ key }) => (Array.isArray(answer) ? answer.includes(key) : answer === key))
        .map((option) => code('CONTAINS', asked, attributeConcept(option)))
    case 'number':
      return typeof answer === 'number'
        ? [number(asked, answer, attribute.unit === '' ? unit.one : ucum(attribute.unit))]
        : []
    case 'text':
      return [text('CONTAINS', asked, plain(String(answer)))]
  }
}
