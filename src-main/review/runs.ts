import type { Database } from '#main/database/open'
import type { SeriesRun } from '#shared/contract/review'
import { precision } from '#shared/domain/model-manifest/files'
import { task } from '#shared/domain/model-manifest/index'
import { provider } from '#shared/domain/provider'

interface Row extends Omit<SeriesRun, 'provider' | 'task' | 'precision' | 'flips' | 'places'> {
  provider: string
  task: string
  precision: string
  flips: number
  places: number
}

/** The `+` keeps SQLite to the index by series, which holds fewer rows than that by run. */
const RUNS = `
SELECT runs.id AS runId, runs.job_id AS jobId, model_id AS modelId, model_version AS modelVersion, provider,
  task, precision, flips, places, threshold, coalesce(region_threshold, threshold) AS regionThreshold,
  general_label AS generalLabel, avg(predictions.milliseconds) AS millisecondsPerImage,
  max(predictions.created_at) AS scoredAt,
  count(*) AS predicted,
  (SELECT count(*) FROM job_items WHERE job_items.series_id = images.series_id AND +job_items.run_id = runs.id
    AND state = 'failed') AS failed
FROM images JOIN predictions ON predictions.image_id = images.id JOIN runs ON runs.id = predictions.run_id
WHERE images.series_id = ? GROUP BY runs.id ORDER BY runs.id DESC`

/** Runs that left a prediction in a series, newest first. */
export function runsOfSeries(database: Database, seriesId: number): SeriesRun[] {
  return database
    .prepare<[number], Row>(RUNS)
    .all(seriesId)
    .map((row) => ({
      ...row,
      provider: provider.parse(row.provider),
      task: task.parse(row.task),
      precision: precision.parse(row.precision),
      flips: row.flips === 1,
      places: row.places === 1,
    }))
}
