import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'
import { type Annotation, annotation } from '#shared/domain/annotation/annotation'
import type { DataSetQuestion } from '#shared/domain/data-set/question'
import type { Mark } from '../statistics/facets'
import { annotationCondition, imageCondition } from './question-sql'

/** An image that a question finds. */
export interface Member {
  imageId: number
  seriesId: number
  studyId: number
  ordinal: number
  frame: number
  /** The library's key of the file. */
  identity: string
  sha256: string | null
  /** Of the file, as the person knows it. */
  path: string
  rows: number
  columns: number
  subject: string
  subjectLabel: string
  study: string
  sex: string | null
  birthDate: string | null
  date: string | null
  /** As the header states it, e.g. `034Y`. */
  age: string | null
  device: string | null
  modality: string | null
  spacing: string | null
  orientation: string | null
  excluded: 0 | 1
}

const COLUMNS = `images.id AS imageId, images.series_id AS seriesId, series.study_id AS studyId, images.ordinal,
  images.frame, instances.key AS identity, instances.sha256, instances.shown_path AS path, instances.rows,
  instances.columns, subjects.key AS subject, subjects.label AS subjectLabel, studies.key AS study, subjects.sex,
  subjects.birth_date AS birthDate, studies.date, instances.header ->> '$.subject.age' AS age,
  nullif(trim(coalesce(series.manufacturer, '') || ' ' || coalesce(series.device, '')), '') AS device,
  series.modality, images.geometry ->> '$.spacing' AS spacing, images.geometry ->> '$.orientation' AS orientation,
  EXISTS (SELECT 1 FROM data_set_exclusions e WHERE e.data_set_id = ? AND e.image_id = images.id) AS excluded`

const FROM = `FROM images JOIN instances ON instances.id = images.instance_id JOIN series ON series.id = images.series_id
  JOIN studies ON studies.id = series.study_id JOIN subjects ON subjects.id = studies.subject_id`

export interface MemberCounts {
  images: number
  annotated: number
  subjects: number
  excluded: number
  coverImageId: number | null
}

/** The images a question finds, and the annotations it is about. */
export class Members {
  readonly #database: Database
  readonly #library: Pick<Library, 'studyIds'>

  constructor(database: Database, library: Pick<Library, 'studyIds'>) {
    this.#database = database
    this.#library = library
  }

  /** Every image, those excluded from the data set marked, in the order of the library. */
  all(question: DataSetQuestion, dataSetId: number): Member[] {
    const { sql, values } = this.#images(question)
    return this.#database
      .prepare<(string | number)[], Member>(
        `SELECT ${COLUMNS} ${FROM} WHERE ${sql} ORDER BY studies.id, series.id, images.ordinal, images.id`,
      )
      .all(dataSetId, ...values)
  }

  count(question: DataSetQuestion, dataSetId = 0): MemberCounts {
    const { sql, values } = this.#images(question)
    const about = annotationCondition(question)
    const row = this.#database
      .prepare<(string | number)[], MemberCounts>(
        `WITH found AS (SELECT images.id, studies.subject_id,
             EXISTS (SELECT 1 FROM data_set_exclusions e WHERE e.data_set_id = ? AND e.image_id = images.id) AS excluded
           ${FROM} WHERE ${sql})
         SELECT count(*) FILTER (WHERE NOT excluded) AS images, count(*) FILTER (WHERE excluded) AS excluded,
           count(DISTINCT subject_id) FILTER (WHERE NOT excluded) AS subjects,
           min(id) FILTER (WHERE NOT excluded) AS coverImageId,
           count(*) FILTER (WHERE NOT excluded
             AND EXISTS (SELECT 1 FROM annotations a WHERE a.image_id = found.id AND ${about.sql})) AS annotated
         FROM found`,
      )
      .get(dataSetId, ...values, ...about.values)
    return row ?? { images: 0, annotated: 0, subjects: 0, excluded: 0, coverImageId: null }
  }

  /** The annotations a question is about, by image. */
  annotations(question: DataSetQuestion, members: readonly Member[]): Map<number, Annotation[]> {
    const about = annotationCondition(question)
    const wanted = new Set(members.map(({ imageId }) => imageId))
    const rows = this.#database
      .prepare<(string | number)[], { image_id: number; body: string }>(
        `SELECT a.image_id, a.body FROM annotations a WHERE a.image_id IS NOT NULL AND ${about.sql}
         ORDER BY a.created_at, a.id`,
      )
      .iterate(...about.values)
    const byImage = new Map<number, Annotation[]>()
    for (const { image_id, body } of rows) {
      if (!wanted.has(image_id)) continue
      const one = annotation.parse(JSON.parse(body))
      const known = byImage.get(image_id)
      if (known) known.push(one)
      else byImage.set(image_id, [one])
    }
    return byImage
  }

  /** The annotations a question is about, by image, without their shapes: many at little cost. */
  marks(question: DataSetQuestion): Map<number, Mark[]> {
    const about = annotationCondition(question)
    const rows = this.#database
      .prepare<(string | number)[], Mark & { image_id: number }>(
        `SELECT a.image_id, a.label, a.reader, a.kind, a.state FROM annotations a
         WHERE a.image_id IS NOT NULL AND ${about.sql} ORDER BY a.created_at, a.id`,
      )
      .all(...about.values)
    return Map.groupBy(rows, ({ image_id }) => image_id)
  }

  #images(question: DataSetQuestion) {
    const { search } = question
    return imageCondition(question, search ? this.#library.studyIds({ search }) : null)
  }
}
