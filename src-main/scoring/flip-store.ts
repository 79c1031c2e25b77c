import type { Database } from '#main/database/open'
import { type FlipCost, flipCost } from '#shared/contract/scoring'
import { flipGains } from '#shared/domain/model-manifest/flip-gains'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

type Named = Pick<ModelManifest, 'id' | 'version'>

/** Writes down what mirror images cost a model. */
export function keepFlipCost(database: Database, { id, version }: Named, cost: FlipCost): void {
  database
    .prepare('INSERT OR REPLACE INTO flip_times VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(id, version, cost.provider, cost.precision, cost.plain, cost.flipped, cost.images, cost.measuredAt)
}

/** What was measured last of a model, beside what it gains; null where nothing was. */
export function knownFlipCost(database: Database, manifest: ModelManifest): FlipCost | null {
  const { id, version } = manifest
  const row = database
    .prepare<[string, string], Omit<FlipCost, 'model' | 'factor' | 'gains'>>(
      `SELECT provider, precision, plain, flipped, images, measured_at AS measuredAt FROM flip_times
       WHERE model_id = ? AND model_version = ? ORDER BY measured_at DESC LIMIT 1`,
    )
    .get(id, version)
  if (!row) return null
  return flipCost.parse({
    ...row,
    model: `${id}@${version}`,
    factor: row.flipped / row.plain,
    gains: flipGains(manifest, row.precision),
  })
}
