import type { Database } from '#main/database/open'
import type { ExportTarget } from '#shared/contract/deidentify'
import type { NewItem } from './item-store'

type LibraryTarget = Exclude<ExportTarget, { kind: 'paths' }>

/** A file of the library. */
export interface Instance {
  id: number
  path: string
  imageId: number
  seriesId: number
  sizeBytes: number
  rows: number
  columns: number
  frames: number
  samples: number
  modality: string | null
  sopClass: string | null
  bitsStored: number
  description: string
}

/** The files of chosen studies or series, study by study in the order of their series. */
export function instancesOf(database: Database, target: LibraryTarget): Instance[] {
  const [column, ids] =
    target.kind === 'studies' ? ['series.study_id', target.studyIds] : ['series.id', target.seriesIds]
  return database
    .prepare<[string], Instance>(
      `SELECT instances.id, instances.path, min(images.id) AS imageId, series.id AS seriesId,
         instances.size_bytes AS sizeBytes, instances.rows, instances.columns, instances.frames, instances.samples,
         series.modality, json_extract(instances.header, '$.instance.sopClass') AS sopClass,
         json_extract(instances.header, '$.instance.bitsStored') AS bitsStored, series.description
       FROM instances JOIN series ON series.id = instances.series_id JOIN images ON images.instance_id = instances.id
       WHERE ${column} IN (SELECT value FROM json_each(?))
       GROUP BY instances.id ORDER BY series.study_id, series.number, series.id, min(images.ordinal)`,
    )
    .all(JSON.stringify(ids))
}

export const asItem = ({ path, imageId, seriesId }: Instance): NewItem => ({
  path,
  imageId,
  seriesId,
  fault: null,
})

/** Modalities that are photographed, captured, scanned or swept, and so carry captions. */
const WRITTEN_ON = new Set(['US', 'IVUS', 'ES', 'XC', 'GM', 'OP', 'OT', 'SC', 'DOC', 'DMS'])
/** Their slices have more than 8 bits; pictures of a screen have not. */
const SLICED = new Set(['CT', 'MR', 'PT'])
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'

/** Whether the pixels of a file are likely to carry writing, from what the library knows of it. */
export function isWrittenOn({ modality, sopClass, samples, bitsStored }: Instance): boolean {
  if (sopClass === null) return false
  if (SLICED.has(modality ?? '') && bitsStored <= 8) return true
  return sopClass.startsWith(SECONDARY_CAPTURE) || samples > 1 || WRITTEN_ON.has(modality ?? '')
}
