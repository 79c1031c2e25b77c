import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { DataSetVersion } from '#shared/contract/datasets'
import { type Annotation, annotation } from '#shared/domain/annotation/annotation'
import { type SchemaLabel, schemaLabel } from '#shared/domain/annotation/label-schema'
import { LeptonError } from '#shared/domain/fault'

interface Row {
  id: number
  number: number
  hash: string
  labels: string
  image_count: number
  annotation_count: number
  note: string
  frozen_at: string
}

interface ImageRow {
  image_id: number
  identity: string
  frame: number
  sha256: string | null
  path: string
  subject: string
  study: string
  annotations: string
}

/** An image as a version holds it. */
export interface FrozenImage {
  imageId: number
  identity: string
  frame: number
  sha256: string | null
  path: string
  subject: string
  study: string
  annotations: Annotation[]
}

export interface NewVersion {
  dataSetId: number
  hash: string
  question: unknown
  labels: readonly SchemaLabel[]
  note: string
  images: readonly FrozenImage[]
}

const labelList = z.array(schemaLabel)
const annotationList = z.array(annotation)

/** The tables of versions; a version once written is never changed. */
export class VersionStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest first. */
  list(dataSetId: number): DataSetVersion[] {
    return this.#database
      .prepare<[number], Row>('SELECT * FROM data_set_versions WHERE data_set_id = ? ORDER BY number DESC')
      .all(dataSetId)
      .map(versionOf)
  }

  /** The newest without `number`. @throws NOT_FOUND */
  find(dataSetId: number, number?: number): DataSetVersion {
    const found = this.list(dataSetId).find((version) => number === undefined || version.number === number)
    if (found) return found
    throw new LeptonError('NOT_FOUND', {
      expected: number === undefined ? 'a frozen version' : 'a version of this data set',
      received: number === undefined ? 'a data set without one' : `version ${number}`,
      remedy: 'Freeze the data set first.',
    })
  }

  labels(versionId: number): SchemaLabel[] {
    const text = this.#database
      .prepare<[number], string>('SELECT labels FROM data_set_versions WHERE id = ?')
      .pluck()
      .get(versionId)
    return labelList.parse(JSON.parse(text ?? '[]'))
  }

  images(versionId: number): FrozenImage[] {
    return this.#database
      .prepare<[number], ImageRow>('SELECT * FROM data_set_images WHERE version_id = ? ORDER BY ordinal')
      .all(versionId)
      .map(({ image_id, annotations, identity, frame, sha256, path, subject, study }) => ({
        imageId: image_id,
        identity,
        frame,
        sha256,
        path,
        subject,
        study,
        annotations: annotationList.parse(JSON.parse(annotations)),
      }))
  }

  insert({ dataSetId, hash, question, labels, note, images }: NewVersion): DataSetVersion {
    const number = (this.list(dataSetId)[0]?.number ?? 0) + 1
    const write = this.#database.transaction(() => {
      const annotations = images.reduce((sum, image) => sum + image.annotations.length, 0)
      const { lastInsertRowid } = this.#database
        .prepare(
          `INSERT INTO data_set_versions (data_set_id, number, hash, question, labels, image_count, annotation_count,
             note, frozen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          dataSetId,
          number,
          hash,
          JSON.stringify(question),
          JSON.stringify(labels),
          images.length,
          annotations,
          note,
          new Date().toISOString(),
        )
      const insert = this.#database.prepare(
        `INSERT INTO data_set_images (version_id, ordinal, image_id, identity, frame, sha256, path, subject, study,
           annotations) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      images.forEach(({ annotations: own, ...image }, ordinal) => {
        const { imageId, identity, frame, sha256, path, subject, study } = image
        insert.run(
          lastInsertRowid,
          ordinal,
          imageId,
          identity,
          frame,
          sha256,
          path,
          subject,
          study,
          JSON.stringify(own),
        )
      })
    })
    write()
    return this.find(dataSetId, number)
  }
}

function versionOf(row: Row): DataSetVersion {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    images: row.image_count,
    annotations: row.annotation_count,
    labels: labelList.parse(JSON.parse(row.labels)),
    note: row.note,
    frozenAt: row.frozen_at,
  }
}
