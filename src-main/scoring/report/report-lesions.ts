import type { Database } from '#main/database/open'

/** A lesion as the reports give it; `id` numbers the lesions of a report from 1. */
export interface ReportLesion {
  id: number
  seriesUid: string | null
  runId: number
  label: string
  volumeMm3: number | null
  longestAxialDiameterMm: number | null
  firstSlice: number
  lastSlice: number
  keySlice: number
  meanProbability: number
  maxProbability: number
}

interface Row extends Omit<ReportLesion, 'id'> {
  rowId: number
}

/** The lesions of a job by the id of their row, in the order of the inputs. */
export function reportLesions(database: Database, jobId: number): Map<number, ReportLesion> {
  const rows = database
    .prepare<[number, number], Row>(
      `SELECT lesions.id AS rowId, series.uid AS seriesUid, run_id AS runId, label, volume_mm3 AS volumeMm3,
         longest_axial_diameter_mm AS longestAxialDiameterMm, first_slice AS firstSlice, last_slice AS lastSlice,
         key_slice AS keySlice, mean_probability AS meanProbability, max_probability AS maxProbability
       FROM lesions JOIN series ON series.id = lesions.series_id
         JOIN (SELECT series_id, min(ordinal) AS place FROM job_items WHERE job_id = ? AND series_id IS NOT NULL
           GROUP BY series_id) AS places ON places.series_id = lesions.series_id
       WHERE run_id IN (SELECT id FROM runs WHERE job_id = ?)
       ORDER BY places.place, run_id, lesions.ordinal`,
    )
    .all(jobId, jobId)
  return new Map(rows.map(({ rowId, ...lesion }, index) => [rowId, { ...lesion, id: index + 1 }]))
}
