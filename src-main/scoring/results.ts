import type { Database } from '#main/database/open'
import type { ScoredSeries } from '#shared/contract/scoring'

/** A job's series with what was found in each, highest score first. */
const RESULTS = `
WITH scored AS (
  SELECT series_id, run_id, sum(state = 'done') AS predicted, sum(state = 'failed') AS failed
  FROM job_items WHERE job_id = @job AND run_id IS NOT NULL AND series_id IS NOT NULL
  GROUP BY series_id, run_id HAVING predicted + failed > 0
), best AS (
  SELECT scored.series_id, scored.run_id, findings.label, findings.image_id, max(findings.score) AS score
  FROM scored JOIN predictions ON predictions.run_id = scored.run_id
    JOIN images ON images.id = predictions.image_id AND images.series_id = scored.series_id
    JOIN findings ON findings.prediction_id = predictions.id
  GROUP BY scored.series_id, scored.run_id
)
SELECT studies.id AS studyId, series.id AS seriesId, scored.run_id AS runId, subjects.label AS subject,
  coalesce(nullif(series.description, ''), studies.description) AS description, series.modality AS modality,
  runs.model_id || '@' || runs.model_version AS model, predicted, failed,
  (SELECT count(*) FROM lesions WHERE lesions.series_id = series.id AND lesions.run_id = runs.id) AS lesionCount,
  best.label AS topLabel, best.score AS topScore, key.ordinal AS keyOrdinal, key.id AS keyImageId
FROM scored JOIN series ON series.id = scored.series_id JOIN studies ON studies.id = series.study_id
  JOIN subjects ON subjects.id = studies.subject_id JOIN runs ON runs.id = scored.run_id
  LEFT JOIN best ON best.series_id = scored.series_id AND best.run_id = scored.run_id
  JOIN images AS key ON key.id = coalesce(best.image_id, (SELECT id FROM images
    WHERE images.series_id = series.id ORDER BY abs(ordinal - series.image_count / 2) LIMIT 1))
ORDER BY topScore DESC NULLS LAST, seriesId LIMIT @limit OFFSET @offset`

const TOTAL = `
SELECT count(*) AS n FROM (SELECT 1 FROM job_items
  WHERE job_id = ? AND run_id IS NOT NULL AND series_id IS NOT NULL AND state IN ('done', 'failed')
  GROUP BY series_id, run_id)`

/** What a job found, series by series. */
export function scoringResults(
  database: Database,
  jobId: number,
  offset: number,
  limit: number,
): { total: number; items: ScoredSeries[] } {
  const total = database.prepare<[number], { n: number }>(TOTAL).get(jobId)?.n ?? 0
  const items = database
    .prepare<[{ job: number; offset: number; limit: number }], ScoredSeries>(RESULTS)
    .all({ job: jobId, offset, limit })
  return { total, items }
}
