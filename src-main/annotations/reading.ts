import type { Database } from '#main/database/open'
import type { Decided } from '#shared/contract/annotations'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { annotationState } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { frameGeometry } from '#shared/domain/image'
import { annotationOf } from './store'
import type { AnnotatedImage, AnnotatedStudy, AnnotationQuery } from './types'

type DecidedRow = Omit<Decided, 'state' | 'said'> & {
  state: string
  imageId: number | null
  said: string | null
}

interface ImageRow {
  imageId: number
  instanceId: number
  seriesId: number
  studyId: number
  ordinal: number
  frame: number
  rows: number
  columns: number
  geometry: string | null
}

const images = `SELECT i.id AS imageId, i.instance_id AS instanceId, i.series_id AS seriesId, s.study_id AS studyId,
  i.ordinal, i.frame, n.rows, n.columns, i.geometry
  FROM images i JOIN instances n ON n.id = i.instance_id JOIN series s ON s.id = i.series_id`

/** Annotations with their images, for whatever is made of them. */
export class AnnotationReading {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @throws NOT_FOUND */
  study(studyId: number, query: AnnotationQuery = {}): AnnotatedStudy {
    const found = this.#database.prepare('SELECT 1 FROM studies WHERE id = ?').get(studyId)
    if (!found) throw new LeptonError('NOT_FOUND', { received: `study ${studyId}` })
    const annotations = this.#annotations('study_id = ?', studyId, query)
    return {
      studyId,
      tags: annotations.filter(({ imageId }) => imageId === null),
      images: this.#images(
        `${images} WHERE s.study_id = ? ORDER BY s.id, i.ordinal, i.id`,
        studyId,
        annotations,
      ),
    }
  }

  /** @throws NOT_FOUND */
  series(seriesId: number, query: AnnotationQuery = {}): AnnotatedImage[] {
    const found = this.#images(
      `${images} WHERE i.series_id = ? ORDER BY i.ordinal, i.id`,
      seriesId,
      this.#annotations('series_id = ?', seriesId, query),
    )
    if (found.length === 0) throw new LeptonError('NOT_FOUND', { received: `series ${seriesId}` })
    return found
  }

  images(imageIds: readonly number[], query: AnnotationQuery = {}): AnnotatedImage[] {
    const asked = JSON.stringify(imageIds)
    return this.#images(
      `${images} JOIN json_each(?) asked ON asked.value = i.id ORDER BY asked.key`,
      asked,
      this.#annotations('image_id IN (SELECT value FROM json_each(?))', asked, query),
    )
  }

  /** How what a run proposed in a series was decided. */
  decided(seriesId: number, runId: number): Decided[] {
    return this.#database
      .prepare<[number, number], DecidedRow>(
        `SELECT finding_id AS findingId, image_id AS imageId, body ->> '$.origin.said' AS said, id AS annotationId,
           object_id AS objectId, reader, label, state, body ->> '$.note' AS note
         FROM annotations WHERE series_id = ? AND model_id IS NOT NULL AND body ->> '$.origin.runId' = ?
         ORDER BY finding_id, rowid`,
      )
      .all(seriesId, runId)
      .map(({ imageId, said, ...row }) => ({
        ...row,
        said: said === null || imageId === null ? null : { imageId, label: said },
        state: annotationState.parse(row.state),
      }))
  }

  #images(sql: string, key: number | string, annotations: readonly Annotation[]): AnnotatedImage[] {
    const byImage = Map.groupBy(annotations, ({ imageId }) => imageId)
    return this.#database
      .prepare<[number | string], ImageRow>(sql)
      .all(key)
      .map((row) => ({
        ...row,
        geometry: row.geometry === null ? null : frameGeometry.parse(JSON.parse(row.geometry)),
        annotations: byImage.get(row.imageId) ?? [],
      }))
  }

  #annotations(where: string, key: number | string, query: AnnotationQuery): Annotation[] {
    const { readers, labels, rejected = false } = query
    const list = (values: readonly string[] | undefined) => (values ? JSON.stringify(values) : null)
    return this.#database
      .prepare<(number | string | null)[], string>(
        `SELECT body FROM annotations WHERE ${where} AND (? OR state <> 'rejected')
           AND (? IS NULL OR reader IN (SELECT value FROM json_each(?)))
           AND (? IS NULL OR label IN (SELECT value FROM json_each(?))) ORDER BY created_at, rowid`,
      )
      .pluck()
      .all(key, rejected ? 1 : 0, list(readers), list(readers), list(labels), list(labels))
      .map(annotationOf)
  }
}
