import type { Database } from '#main/database/open'
import type { ScoredSeries } from '#shared/contract/scoring'

/**
 * Items of a job by line: slices of one volume share a line, every other picture has its own. The label that an
 * operating point is about ranks before any other, that of any product after them all. A box with two names, a
 * product's own and that of any product, is one thing.
 */
const LINES = `
WITH items AS (
  SELECT job_items.series_id, run_id, image_id, state, series.stack_order = 'position' OR EXISTS (
    SELECT 1 FROM lesions WHERE lesions.series_id = job_items.series_id AND lesions.run_id = job_items.run_id
  ) AS slices
  FROM job_items JOIN series ON series.id = job_items.series_id
  WHERE job_id = @job AND run_id IS NOT NULL AND image_id IS NOT NULL AND state IN ('done', 'failed')
), lines AS (
  SELECT series_id, run_id, iif(slices, NULL, image_id) AS picture_id, sum(state = 'done') AS predicted,
    sum(state = 'failed') AS failed
  FROM items GROUP BY series_id, run_id, picture_id
)`

const RESULTS = `
${LINES}, found AS (
  SELECT prediction_id, label, findings.score AS score, max(findings.score - (label IS general_label)),
    count(DISTINCT iif(lesion_id IS NOT NULL, NULL,
      iif(mask IS NULL AND x IS NOT NULL, x || ' ' || y || ' ' || width || ' ' || height, findings.id))) AS n
  FROM runs JOIN predictions ON predictions.run_id = runs.id
    JOIN findings ON findings.prediction_id = predictions.id
  WHERE runs.job_id = @job GROUP BY prediction_id
), said AS (
  SELECT items.series_id, items.run_id, items.image_id, iif(slices, NULL, items.image_id) AS picture_id,
    coalesce(classifications.label, found.label) AS label,
    iif(classifications.label IS NULL, found.score, classifications.score) AS score, coalesce(n, 0) AS n,
    likeliest, classifications.score AS probability
  FROM items JOIN predictions ON predictions.run_id = items.run_id AND predictions.image_id = items.image_id
    LEFT JOIN found ON found.prediction_id = predictions.id
    LEFT JOIN classifications ON classifications.prediction_id = predictions.id
), best AS (
  SELECT series_id, run_id, picture_id, image_id, label, score, likeliest, probability, sum(n) AS findings,
    max(coalesce(score, -1) + 2 * (label IS NOT NULL AND label IS key_label)) AS rank
  FROM said JOIN runs ON runs.id = run_id GROUP BY series_id, run_id, picture_id
)
SELECT studies.id AS studyId, series.id AS seriesId, lines.run_id AS runId, instances.shown_path AS path,
  lines.picture_id AS pictureId, subjects.label AS subject,
  coalesce(nullif(series.description, ''), studies.description) AS description, series.modality AS modality,
  runs.model_id || '@' || runs.model_version AS model, predicted, failed,
  (SELECT count(*) FROM lesions WHERE lesions.series_id = series.id AND lesions.run_id = runs.id) AS lesionCount,
  coalesce(best.findings, 0) AS findingCount, best.label AS topLabel, best.score AS topScore,
  best.likeliest AS likeliest, best.probability AS probability, key.ordinal AS keyOrdinal, key.id AS keyImageId
FROM lines JOIN series ON series.id = lines.series_id JOIN studies ON studies.id = series.study_id
  JOIN subjects ON subjects.id = studies.subject_id JOIN runs ON runs.id = lines.run_id
  LEFT JOIN best ON best.series_id = lines.series_id AND best.run_id = lines.run_id
    AND best.picture_id IS lines.picture_id
  JOIN images AS key ON key.id = coalesce(lines.picture_id, iif(best.label IS NULL, NULL, best.image_id),
    (SELECT id FROM images WHERE images.series_id = series.id
     ORDER BY abs(ordinal - series.image_count / 2) LIMIT 1))
  JOIN instances ON instances.id = key.instance_id
ORDER BY rank DESC NULLS LAST, seriesId, keyOrdinal LIMIT @limit OFFSET @offset`

interface Row extends Omit<ScoredSeries, 'picture' | 'likeliest'> {
  path: string
  pictureId: number | null
  likeliest: string | null
  probability: number | null
}

/** What a job found, by series of slices and by picture. */
export function scoringResults(
  database: Database,
  jobId: number,
  offset: number,
  limit: number,
): { total: number; items: ScoredSeries[] } {
  const total = database
    .prepare<[{ job: number }], { n: number }>(`${LINES} SELECT count(*) AS n FROM lines`)
    .get({ job: jobId })
  const rows = database
    .prepare<[{ job: number; offset: number; limit: number }], Row>(RESULTS)
    .all({ job: jobId, offset, limit })
  return { total: total?.n ?? 0, items: rows.map(lineOf) }
}

function lineOf({ path, pictureId, likeliest, probability, ...line }: Row): ScoredSeries {
  const unsure = line.topLabel === null && likeliest !== null && probability !== null
  return {
    ...line,
    picture: pictureId === null ? null : (path.split(/[\\/]/).at(-1) ?? path),
    likeliest: unsure ? { label: likeliest, probability } : null,
  }
}
