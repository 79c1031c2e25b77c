import type { Database } from '#main/database/open'
import type { LabelCount } from '#shared/contract/scoring'

/**
 * How often a job found each label. A lesion counts once however many slices it crosses, a box or a region of a
 * single picture counts for itself, and a label called for a whole image counts that image.
 */
const COUNTS = `
WITH found AS (
  SELECT run_id, label, 'lesions' AS kind, NULL AS image_id, max_probability AS score
  FROM lesions WHERE run_id IN (SELECT id FROM runs WHERE job_id = @job)
  UNION ALL
  SELECT predictions.run_id, findings.label, 'findings', findings.image_id, findings.score
  FROM runs JOIN predictions ON predictions.run_id = runs.id
    JOIN findings ON findings.prediction_id = predictions.id
  WHERE runs.job_id = @job AND findings.lesion_id IS NULL
  UNION ALL
  SELECT predictions.run_id, called.value, 'images', predictions.image_id,
    CASE WHEN called.value = classifications.label THEN classifications.score END
  FROM runs JOIN predictions ON predictions.run_id = runs.id
    JOIN classifications ON classifications.prediction_id = predictions.id
    JOIN json_each(classifications.called) AS called
  WHERE runs.job_id = @job
)
SELECT runs.model_id || '@' || runs.model_version AS model, found.label, kind, count(*) AS count,
  CASE kind WHEN 'lesions'
    THEN (SELECT count(DISTINCT findings.image_id) FROM lesions JOIN findings ON findings.lesion_id = lesions.id
      WHERE lesions.run_id = found.run_id AND lesions.label = found.label)
    ELSE count(DISTINCT found.image_id) END AS images,
  avg(found.score) AS meanScore
FROM found JOIN runs ON runs.id = found.run_id
GROUP BY found.run_id, found.label, kind ORDER BY found.run_id, count DESC, found.label`

/** Labels of a job with how often they were found, the most frequent of each model first. */
export function labelCounts(database: Database, jobId: number): LabelCount[] {
  return database.prepare<[{ job: number }], LabelCount>(COUNTS).all({ job: jobId })
}
