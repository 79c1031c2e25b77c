import type { Database } from '#main/database/open'
import { type FrameGeometry, frameGeometry } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { drawsMasks } from './abilities'
import { keptLesions } from './kept-lesions'
import { linkLesions } from './lesions'
import type { PredictionStore } from './prediction-store'

/**
 * Brings what one run found in a series in order once all of it is there: regions of a stack of slices become
 * lesions, those of single pictures stay as they are; what is smaller than the model allows is dropped. Doing it
 * again changes nothing.
 */
export function settleSeries(
  database: Database,
  predictions: PredictionStore,
  runId: number,
  seriesId: number,
  manifest: ModelManifest,
): void {
  if (!drawsMasks(manifest)) return
  // a model that looks at neighbouring slices takes the stack for a volume
  const unplaced = manifest.input.channels.kind === 'neighbours'
  if (!unplaced && !isVolume(database, seriesId)) {
    predictions.dropRegions(runId, seriesId, manifest.postprocess.minAreaPx)
    return
  }
  const lesions = linkLesions(predictions.regions(runId, seriesId), {
    stack: stackGeometry(database, seriesId),
    unplaced,
  })
  const kept = new Set(keptLesions(lesions, manifest.postprocess))
  const dropped = lesions.filter((lesion) => !kept.has(lesion))
  predictions.replaceLesions(runId, seriesId, [...kept], dropped)
}

/** Whether the slices of a series lie at different places of one body. */
function isVolume(database: Database, seriesId: number): boolean {
  const order = database
    .prepare<[number], string>('SELECT stack_order FROM series WHERE id = ?')
    .pluck()
    .get(seriesId)
  return order === 'position'
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
