import type { Database } from '#main/database/open'
import { type Annotation, annotation } from '#shared/domain/annotation/annotation'

/** Of one change: which action made it, and how. */
export interface Step {
  action: number
  how: 'done' | 'undone' | 'redone'
  at: string
}

interface LastChange {
  revision: number
  how: Step['how']
  reader: string
  kind: string
  changed_at: string
}

export const annotationOf = (body: string): Annotation => annotation.parse(JSON.parse(body))

/** The tables of annotations: what holds now, and every version's mark. */
export class AnnotationStore {
  readonly #find
  readonly #put
  readonly #drop
  readonly #mark
  readonly #newest
  readonly #last
  readonly #serial

  constructor(readonly database: Database) {
    this.#find = database.prepare<[string], string>('SELECT body FROM annotations WHERE id = ?').pluck()
    this.#put = database.prepare(
      `INSERT INTO annotations (id, study_id, series_id, image_id, object_id, reader, label, kind, state, finding_id,
         model_id, model_version, score, revision, body, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET series_id = excluded.series_id, image_id = excluded.image_id,
         object_id = excluded.object_id, label = excluded.label, kind = excluded.kind, state = excluded.state,
         finding_id = excluded.finding_id, model_id = excluded.model_id, model_version = excluded.model_version,
         score = excluded.score, revision = excluded.revision, body = excluded.body,
         updated_at = excluded.updated_at`,
    )
    this.#drop = database.prepare<[string]>('DELETE FROM annotations WHERE id = ?')
    this.#mark = database.prepare<[string, number, number, number, string, string]>(
      `INSERT INTO annotation_versions (annotation_id, revision, study_id, action, how, changed_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#newest = database
      .prepare<[string], number | null>(
        'SELECT max(revision) FROM annotation_versions WHERE annotation_id = ?',
      )
      .pluck()
    this.#last = database.prepare<[string], LastChange>(
      `SELECT v.revision, v.how, a.reader, a.kind, v.changed_at FROM annotation_versions v
       JOIN annotation_actions a ON a.sequence = v.action WHERE annotation_id = ? ORDER BY revision DESC LIMIT 1`,
    )
    this.#serial = database
      .prepare<[number], number | null>('SELECT max(serial) FROM annotation_versions WHERE study_id = ?')
      .pluck()
  }

  find(id: string): Annotation | null {
    const body = this.#find.get(id)
    return body === undefined ? null : annotationOf(body)
  }

  /** Those of the ids that are there, in their order. */
  findAll(ids: readonly string[]): Annotation[] {
    return ids.map((id) => this.find(id)).filter((one) => one !== null)
  }

  /** The newest change of an annotation, also of one that was taken away; null for one never seen. */
  lastChange(id: string): LastChange | null {
    return this.#last.get(id) ?? null
  }

  /** The serial of the last change in a study; 0 before the first. */
  serialOf(studyId: number): number {
    return this.#serial.get(studyId) ?? 0
  }

  /** The revision that the next change of an annotation gets; none is given twice. */
  nextRevision(id: string): number {
    return (this.#newest.get(id) ?? 0) + 1
  }

  /** Writes what an annotation is from now on. */
  put(one: Annotation, step: Step): void {
    const { origin } = one
    this.#put.run(
      one.id,
      one.studyId,
      one.seriesId,
      one.imageId,
      one.objectId,
      one.reader,
      one.label,
      one.shape.kind,
      one.state,
      origin?.findingId ?? null,
      origin?.modelId ?? null,
      origin?.modelVersion ?? null,
      origin?.score ?? null,
      one.revision,
      JSON.stringify(one),
      one.createdAt,
      one.updatedAt,
    )
    this.#mark.run(one.id, one.revision, one.studyId, step.action, step.how, step.at)
  }

  drop({ id, studyId }: Annotation, step: Step): void {
    const revision = this.nextRevision(id)
    this.#drop.run(id)
    this.#mark.run(id, revision, studyId, step.action, step.how, step.at)
  }
}
