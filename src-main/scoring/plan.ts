import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { ScoringPlan, ScoringRequest } from '#shared/contract/scoring'
import type { Fault } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest'
import { type FactsRow, factsOf } from './assign'
import { inputsOf } from './inputs'

/** What scoring would do with the images of a request that the library knows already; starts nothing. */
export function planScoring(
  database: Database,
  library: Library,
  models: Models,
  request: ScoringRequest,
): ScoringPlan {
  const asked = request.model === undefined ? null : models.find(request.model)
  const facts = database.prepare<[number], FactsRow>(
    `SELECT series.modality, instances.photometric, instances.samples, series.body_part
     FROM instances JOIN series ON series.id = instances.series_id WHERE instances.id = ?`,
  )
  const fitting = new Map<string, { images: number; series: Set<number> }>()
  const skipped = new Map<string, { fault: Fault; images: number }>()
  const matches = new Map<string, ModelManifest | Fault>()
  const matchOf = (row: FactsRow) => {
    const key = JSON.stringify(row)
    const match = matches.get(key) ?? models.fitting(factsOf(row), asked)
    matches.set(key, match)
    return match
  }
  let images = 0
  for (const { image, fault } of inputsOf(database, library, request.target)) {
    const row = image && facts.get(image.instanceId)
    const match = row ? matchOf(row) : fault
    if (!match) continue
    images += 1
    if ('code' in match) {
      const key = JSON.stringify(match)
      skipped.set(key, { fault: match, images: (skipped.get(key)?.images ?? 0) + 1 })
    } else {
      const entry = fitting.get(modelName(match)) ?? { images: 0, series: new Set() }
      entry.images += 1
      if (image) entry.series.add(image.seriesId)
      fitting.set(modelName(match), entry)
    }
  }
  return {
    images,
    models: [...fitting].map(([model, entry]) => ({
      model,
      images: entry.images,
      series: entry.series.size,
    })),
    skipped: [...skipped.values()],
  }
}
