import type { Database } from '#main/database/open'
import type { Annotation, AnnotationAction, AnnotationChange } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { checkShape } from './check-shape'

interface ImagePlace {
  rows: number
  columns: number
  series_id: number
  study_id: number
}

/** Refuses changes that contradict themselves or the library; asks for each image once. */
export class ChangeCheck {
  readonly #image
  readonly #series
  readonly #study
  readonly #images = new Map<number, ImagePlace>()

  constructor(database: Database) {
    this.#image = database.prepare<[number], ImagePlace>(
      `SELECT n.rows, n.columns, i.series_id, s.study_id FROM images i JOIN instances n ON n.id = i.instance_id
       JOIN series s ON s.id = i.series_id WHERE i.id = ?`,
    )
    this.#series = database.prepare<[number], number>('SELECT study_id FROM series WHERE id = ?').pluck()
    this.#study = database.prepare<[number], number>('SELECT 1 FROM studies WHERE id = ?').pluck()
  }

  /** @throws INPUT_INVALID, NOT_FOUND */
  action({ changes, studyId, ...action }: AnnotationAction): void {
    if (this.#study.get(studyId) === undefined) throw gone(`study ${studyId}`)
    const seen = new Set<string>()
    for (const change of changes) {
      const id = idOf(change)
      if (seen.has(id)) throw wrong('each annotation once in an action', id)
      seen.add(id)
      this.#change(change, { ...action, studyId })
    }
    this.#images.clear()
  }

  #change(
    { before, after }: AnnotationChange,
    action: Pick<AnnotationAction, 'studyId' | 'reader' | 'kind'>,
  ): void {
    for (const one of [before, after]) {
      if (one && one.studyId !== action.studyId)
        throw wrong(`study ${action.studyId}`, `study ${one.studyId}`)
    }
    if (!after) return
    if (before && before.reader !== after.reader) throw wrong(`reader ${before.reader}`, after.reader)
    // a file may hold the work of others
    if (!before && action.kind !== 'import' && after.reader !== action.reader) {
      throw wrong(`reader ${action.reader}`, after.reader)
    }
    this.#place(after)
  }

  #place({ imageId, seriesId, studyId, shape }: Annotation): void {
    if (imageId === null) {
      if (seriesId !== null && this.#series.get(seriesId) !== studyId) {
        throw wrong(`a series of study ${studyId}`, `series ${seriesId}`)
      }
      checkShape(shape, null)
      return
    }
    const image = this.#images.get(imageId) ?? this.#image.get(imageId)
    if (!image) throw gone(`image ${imageId}`)
    this.#images.set(imageId, image)
    if (image.series_id !== seriesId || image.study_id !== studyId) {
      throw wrong(
        `series ${image.series_id} of study ${image.study_id}`,
        `series ${seriesId} of study ${studyId}`,
      )
    }
    checkShape(shape, image)
  }
}

/** @throws INPUT_INVALID for a change of nothing, or of two annotations at once */
export function idOf({ before, after }: AnnotationChange): string {
  const id = after?.id ?? before?.id
  if (!id) throw wrong('an annotation before or after a change', 'neither')
  if (before && after && before.id !== after.id) throw wrong(before.id, after.id)
  return id
}

const wrong = (expected: string, received: string) => new LeptonError('INPUT_INVALID', { expected, received })
const gone = (received: string) => new LeptonError('NOT_FOUND', { received })
