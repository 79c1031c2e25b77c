import { z } from 'zod'
import type { Database } from '#main/database/open'
import type { ImagePrediction, SeriesFindings } from '#shared/contract/review'
import { LeptonError } from '#shared/domain/fault'
import type { Lesion } from '#shared/domain/finding'
import { runsOfSeries } from './runs'

/** Everything one run found in a series, in stack order. @throws NOT_FOUND */
export function findingsOfRun(database: Database, seriesId: number, runId: number): SeriesFindings {
  const run = runsOfSeries(database, seriesId).find((candidate) => candidate.runId === runId)
  if (!run) {
    throw new LeptonError('NOT_FOUND', {
      expected: `a run over series ${seriesId}`,
      received: `run ${runId}`,
    })
  }
  return {
    run,
    lesions: lesionsOf(database, seriesId, runId),
    predictions: predictionsOf(database, seriesId, runId),
  }
}

function lesionsOf(database: Database, seriesId: number, runId: number): Lesion[] {
  return database
    .prepare<[number, number], Lesion>(
      `SELECT id, ordinal, label, volume_mm3 AS volumeMm3, volume_mm3 / 1000 AS volumeMl,
         longest_axial_diameter_mm AS longestAxialDiameterMm, first_slice AS firstSlice, last_slice AS lastSlice,
         key_slice AS keySlice, mean_probability AS meanProbability, max_probability AS maxProbability
       FROM lesions WHERE series_id = ? AND run_id = ? ORDER BY ordinal`,
    )
    .all(seriesId, runId)
}

const labels = z.array(z.string())

interface PredictionRow {
  predictionId: number
  imageId: number
  ordinal: number
  mapped: number
  likeliest: string | null
  score: number | null
  called: string | null
}

interface FindingRow {
  id: number
  predictionId: number
  imageId: number
  label: string
  score: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  areaPx: number | null
  areaMm2: number | null
  lesionId: number | null
}

function predictionsOf(database: Database, seriesId: number, runId: number): ImagePrediction[] {
  // CROSS JOIN: from the images of the series, never from all predictions of the run
  const findings = database
    .prepare<[number, number], FindingRow>(
      `SELECT findings.id, prediction_id AS predictionId, findings.image_id AS imageId, label, score, x, y, width,
         height, area_px AS areaPx, area_mm2 AS areaMm2, lesion_id AS lesionId
       FROM images CROSS JOIN predictions ON predictions.image_id = images.id AND predictions.run_id = ?
         JOIN findings ON findings.prediction_id = predictions.id
       WHERE images.series_id = ? ORDER BY findings.id`,
    )
    .all(runId, seriesId)
  const byPrediction = Map.groupBy(findings, ({ predictionId }) => predictionId)
  return database
    .prepare<[number, number], PredictionRow>(
      `SELECT predictions.id AS predictionId, images.id AS imageId, images.ordinal, map_info IS NOT NULL AS mapped,
         likeliest, score, called
       FROM images JOIN predictions ON predictions.image_id = images.id AND predictions.run_id = ?
         LEFT JOIN classifications ON classifications.prediction_id = predictions.id
       WHERE images.series_id = ? ORDER BY images.ordinal`,
    )
    .all(runId, seriesId)
    .map((row) => predictionOf(row, byPrediction.get(row.predictionId) ?? []))
}

function predictionOf(
  { mapped, likeliest, score, called, ...row }: PredictionRow,
  findings: readonly FindingRow[],
): ImagePrediction {
  const known = findings.every(({ areaMm2 }) => areaMm2 !== null)
  return {
    ...row,
    hasMap: mapped === 1,
    classes:
      likeliest === null || score === null
        ? null
        : { likeliest, score, called: labels.parse(JSON.parse(called ?? '[]')) },
    areaPx: findings.reduce((sum, { areaPx }) => sum + (areaPx ?? 0), 0),
    areaMm2: known ? findings.reduce((sum, { areaMm2 }) => sum + (areaMm2 ?? 0), 0) : null,
    topScore: findings.length > 0 ? Math.max(...findings.map(({ score }) => score)) : null,
    findings: findings.map(({ predictionId: _prediction, x, y, width, height, ...finding }) => ({
      ...finding,
      box: x === null || y === null || width === null || height === null ? null : [x, y, width, height],
    })),
  }
}
