import { z } from 'zod'
import type { Database } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import { frameGeometry, imageFormat } from '#shared/domain/image'
import type { ImageIdentity, SeriesIdentity } from '../types'

interface ImageRow {
  imageId: number
  instanceId: number
  seriesId: number
  studyId: number
  ordinal: number
  frame: number
  frames: number
  source: string
  path: string
  format: string
  sha256: string | null
  key: string
  sopClass: string | null
  rows: number
  columns: number
  geometry: string | null
  orientation: number | null
}

const IMAGES = `
SELECT images.id AS imageId, instances.id AS instanceId, images.series_id AS seriesId, series.study_id AS studyId,
  images.ordinal, images.frame, instances.frames, instances.path AS source, instances.shown_path AS path,
  instances.format, instances.sha256, instances.key, instances.header ->> '$.instance.sopClass' AS sopClass,
  instances.rows, instances.columns, images.geometry,
  instances.header ->> '$.instance.exifOrientation' AS orientation
FROM images JOIN instances ON instances.id = images.instance_id JOIN series ON series.id = images.series_id`

/** Images by any condition on the tables images, instances and series. */
export function identities(
  database: Database,
  where: string,
  ...values: (string | number)[]
): ImageIdentity[] {
  return database
    .prepare<(string | number)[], ImageRow>(`${IMAGES} WHERE ${where}`)
    .all(...values)
    .map(identityOf)
}

/** The stack of a series in order. */
export function stackOf(database: Database, seriesId: number): ImageIdentity[] {
  return identities(database, 'images.series_id = ? ORDER BY images.ordinal, images.id', seriesId)
}

function identityOf({ key, geometry, format, orientation, ...row }: ImageRow): ImageIdentity {
  return {
    ...row,
    format: imageFormat.parse(format),
    turned: (orientation ?? 1) !== 1,
    // `sop:<uid>`, and `sop:<uid>#<sha256>` for other versions of one object
    instanceUid: key.startsWith('sop:') ? (key.slice(4).split('#')[0] ?? null) : null,
    geometry: geometry === null ? null : frameGeometry.parse(JSON.parse(geometry)),
  }
}

interface SeriesRow {
  kind: 'patient' | 'store'
  key: string
  label: string
  name: string | null
  sex: string | null
  birthDate: string | null
  studyId: number
  studyUid: string | null
  date: string | null
  studyDescription: string
  seriesUid: string | null
  number: number | null
  description: string
  modality: string | null
  bodyPart: string | null
  images: number
  placed: number
}

const SERIES = `
SELECT subjects.kind, subjects.key, subjects.label, subjects.name, subjects.sex, subjects.birth_date AS birthDate,
  studies.id AS studyId, studies.uid AS studyUid, studies.date, studies.description AS studyDescription,
  series.uid AS seriesUid, series.number, series.description, series.modality, series.body_part AS bodyPart,
  (SELECT count(*) FROM images WHERE images.series_id = series.id) AS images,
  (SELECT count(*) FROM images WHERE images.series_id = series.id
   AND geometry ->> '$.position' IS NOT NULL AND geometry ->> '$.orientation' IS NOT NULL) AS placed
FROM series JOIN studies ON studies.id = series.study_id JOIN subjects ON subjects.id = studies.subject_id
WHERE series.id = ?`

/** Subject, study and series of a series. @throws NOT_FOUND */
export function seriesIdentity(database: Database, seriesId: number): SeriesIdentity {
  const row = database.prepare<[number], SeriesRow>(SERIES).get(seriesId)
  if (!row) throw new LeptonError('NOT_FOUND', { received: `series ${seriesId}` })
  const { kind, key, label, name, sex, birthDate } = row
  return {
    seriesId,
    studyId: row.studyId,
    subject: { kind, key, label, name, sex, birthDate },
    study: { uid: row.studyUid, date: row.date, description: row.studyDescription },
    series: {
      uid: row.seriesUid,
      number: row.number,
      description: row.description,
      modality: row.modality,
      bodyPart: row.bodyPart,
      volume: row.images > 1 && row.placed === row.images,
    },
  }
}

const ids = z.array(z.number())

/** The series of studies, in the order of the studies. */
export function seriesOfStudies(database: Database, studyIds: readonly number[]): number[] {
  const find = database
    .prepare<[number], number>('SELECT id FROM series WHERE study_id = ? ORDER BY number, id')
    .pluck()
  return ids.parse(studyIds.flatMap((studyId) => find.all(studyId)))
}
