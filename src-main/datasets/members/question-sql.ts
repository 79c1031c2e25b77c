import { annotationState } from '#shared/domain/annotation/annotation'
import type { DataSetQuestion } from '#shared/domain/data-set/question'

/** A condition and the values of its question marks. */
export interface Condition {
  sql: string
  values: (string | number)[]
}

const list = (values: readonly string[]) => JSON.stringify(values)

/** Which annotations a question is about, as a condition on the table `annotations` under the name `a`. */
export function annotationCondition({ states, labels, readers }: DataSetQuestion): Condition {
  const kept = states ?? annotationState.options.filter((state) => state !== 'rejected')
  return joined([
    { sql: 'a.state IN (SELECT value FROM json_each(?))', values: [list(kept)] },
    labels && { sql: 'a.label IN (SELECT value FROM json_each(?))', values: [list(labels)] },
    readers && { sql: 'a.reader IN (SELECT value FROM json_each(?))', values: [list(readers)] },
  ])
}

/**
 * Which images a question finds, as a condition on images, instances, series, studies and subjects under their names.
 * @param studyIds what the words of the question find; null where it has none
 */
export function imageCondition(question: DataSetQuestion, studyIds: readonly number[] | null): Condition {
  const { modality, subjects, path, from, to, labels, readers, annotated } = question
  const about = annotationCondition(question)
  const has = {
    sql: `EXISTS (SELECT 1 FROM annotations a WHERE a.image_id = images.id AND ${about.sql})`,
    values: about.values,
  }
  const wants = annotated === 'yes' || labels !== undefined || readers !== undefined
  return joined([
    studyIds && { sql: 'studies.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(studyIds)] },
    modality !== undefined && {
      sql: 'studies.id IN (SELECT study_id FROM study_modalities WHERE modality = ?) AND coalesce(series.modality, ?) = ?',
      values: [modality, 'PHOTO', modality],
    },
    subjects && { sql: 'subjects.kind = ?', values: [subjects] },
    path !== undefined && { sql: 'instr(lower(instances.shown_path), lower(?)) > 0', values: [path] },
    from !== undefined && { sql: 'studies.date >= ?', values: [from] },
    to !== undefined && { sql: 'studies.date <= ?', values: [to] },
    wants && has,
    annotated === 'no' && { sql: `NOT ${has.sql}`, values: has.values },
  ])
}

function joined(conditions: readonly (Condition | null | undefined | false)[]): Condition {
  const all = conditions.filter((condition) => !!condition)
  return {
    sql: all.length > 0 ? all.map(({ sql }) => `(${sql})`).join(' AND ') : 'TRUE',
    values: all.flatMap(({ values }) => values),
  }
}
