import type { Database } from '#main/database/open'
import { type FrameGeometry, frameGeometry } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { linkLesions } from './lesions'
import type { PredictionStore } from './prediction-store'

/**
 * Makes the lesions of a series from the findings one run left in it, and drops those smaller than the model
 * allows with their findings. Doing it again changes nothing.
 */
export function linkSeries(
  database: Database,
  predictions: PredictionStore,
  runId: number,
  seriesId: number,
  manifest: ModelManifest,
): void {
  const lesions = linkLesions(predictions.regions(runId, seriesId), {
    stack: stackGeometry(database, seriesId),
    // a model that looks at neighbouring slices takes the stack for a volume
    unplaced: manifest.input.channels.kind === 'neighbours',
  })
  const { minVolumeMm3 } = manifest.postprocess
  const [kept, dropped] = [true, false].map((keep) =>
    lesions.filter(({ volumeMm3 }) => (volumeMm3 === null || volumeMm3 >= minVolumeMm3) === keep),
  )
  predictions.replaceLesions(runId, seriesId, kept ?? [], dropped ?? [])
}

function stackGeometry(database: Database, seriesId: number): (FrameGeometry | null)[] {
  const stack: (FrameGeometry | null)[] = []
  const rows = database
    .prepare<[number], { ordinal: number; geometry: string | null }>(
      'SELECT ordinal, geometry FROM images WHERE series_id = ?',
    )
    .all(seriesId)
  for (const { ordinal, geometry } of rows) {
    stack[ordinal] = geometry === null ? null : frameGeometry.parse(JSON.parse(geometry))
  }
  return Array.from(stack, (slice) => slice ?? null)
}
