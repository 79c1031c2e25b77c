import type { Database } from '#main/database/open'
import type { ImageFormat, InstanceHeader } from '#shared/domain/image'
import { type Place, type StackGeometry, sameStack } from './grouping'

interface PartRow {
  id: number
  rows: number | null
  columns: number | null
  orientation: string | null
}

/** One stack of a series. */
interface Part {
  id: number
  geometry: StackGeometry
}

/** Finds or makes the rows of subject, study and series a file belongs to. */
export class PlaceRows {
  readonly #subject
  readonly #newSubject
  readonly #study
  readonly #newStudy
  readonly #parts
  readonly #newSeries
  readonly #modality
  /** Parts of the series met in this transaction. */
  readonly #met = new Map<string, Part[]>()

  constructor(database: Database) {
    this.#subject = database.prepare<[string], number>('SELECT id FROM subjects WHERE key = ?').pluck()
    this.#newSubject = database.prepare(
      'INSERT INTO subjects (kind, key, label, name, sex, birth_date, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#study = database.prepare<[string], number>('SELECT id FROM studies WHERE key = ?').pluck()
    this.#newStudy = database.prepare(
      `INSERT INTO studies (subject_id, subject_label, kind, key, uid, date, time, description, accession, phantom, created_at)
       VALUES (?, (SELECT label FROM subjects WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#parts = database.prepare<[string], PartRow>(
      'SELECT id, rows, columns, orientation FROM series WHERE key = ? ORDER BY part',
    )
    this.#newSeries = database.prepare(
      `INSERT INTO series (study_id, key, part, uid, number, description, rows, columns, orientation, modality, body_part, manufacturer, device, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#modality = database.prepare(
      'INSERT OR IGNORE INTO study_modalities (modality, study_id) VALUES (?, ?)',
    )
  }

  /** At the start of a transaction: other processes may have written since the last. */
  begin(): void {
    this.#met.clear()
  }

  /** Id of the series the file belongs to. */
  seriesFor(place: Place, header: InstanceHeader): number {
    const { key, geometry } = place.series
    const parts = this.#met.get(key) ?? this.#parts.all(key).map(partOf)
    this.#met.set(key, parts)
    const part = geometry ? parts.find((one) => sameStack(geometry, one.geometry)) : parts[0]
    if (part) return part.id
    this.#met.delete(key)
    return this.#makeSeries(place, header, parts.length)
  }

  #makeSeries(place: Place, header: InstanceHeader, part: number): number {
    const { series } = header
    const { key, uid, geometry, folder } = place.series
    const studyId = this.#studyFor(place)
    this.#modality.run(series.modality ?? modalityOfFormat(header.format), studyId)
    const { lastInsertRowid } = this.#newSeries.run(
      studyId,
      key,
      part,
      uid,
      integer(series.number),
      [series.description, folder === null ? null : `[${folder}]`].filter(Boolean).join(' '),
      geometry?.rows ?? null,
      geometry?.columns ?? null,
      geometry?.orientation ? JSON.stringify(geometry.orientation) : null,
      series.modality ??
        (header.format === 'nifti' || header.format === 'nrrd' ? null : modalityOfFormat(header.format)),
      series.bodyPart,
      series.manufacturer,
      series.device,
      now(),
    )
    return Number(lastInsertRowid)
  }

  #studyFor({ subject, study }: Place): number {
    const known = this.#study.get(study.key)
    if (known !== undefined) return known
    const { kind, key, label, name, sex, birthDate } = subject
    const subjectId =
      this.#subject.get(key) ??
      Number(this.#newSubject.run(kind, key, label, name, sex, birthDate, now()).lastInsertRowid)
    const { lastInsertRowid } = this.#newStudy.run(
      subjectId,
      subjectId,
      study.kind,
      study.key,
      study.uid,
      study.date,
      study.time,
      study.description,
      study.accession,
      study.phantom ? 1 : 0,
      now(),
    )
    return Number(lastInsertRowid)
  }
}

const now = () => new Date().toISOString()

/** Instance and series numbers are integers by the standard; files hold other things too. */
export const integer = (value: number | null) => (Number.isSafeInteger(value) ? value : null)

/** What stands for the modality where a format does not state one. */
const modalityOfFormat = (format: ImageFormat) =>
  format === 'nifti' ? 'NIFTI' : format === 'nrrd' ? 'NRRD' : format === 'dicom' ? 'OT' : 'PHOTO'

function partOf(row: PartRow): Part {
  const orientation: unknown = row.orientation ? JSON.parse(row.orientation) : null
  const geometry = {
    rows: row.rows ?? 0,
    columns: row.columns ?? 0,
    orientation: Array.isArray(orientation) ? orientation.map(Number) : null,
  }
  return { id: row.id, geometry }
}
