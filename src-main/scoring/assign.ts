import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { ImageFacts } from '#main/models/fits'
import type { Models } from '#main/models/types'
import type { Fault } from '#shared/domain/fault'
import { photometric } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** What matters of an image for the choice of a model, as the library keeps it. */
export interface FactsRow {
  modality: string | null
  photometric: string
  samples: number
  body_part: string | null
}

const UNASSIGNED = `FROM job_items JOIN images ON images.id = job_items.image_id
  JOIN instances ON instances.id = images.instance_id JOIN series ON series.id = images.series_id
  WHERE job_items.job_id = ? AND job_items.state = 'waiting' AND job_items.run_id IS NULL`

const SAME_FACTS =
  'AND series.modality IS ? AND instances.photometric = ? AND instances.samples = ? AND series.body_part IS ?'

/**
 * Gives every waiting image of a job its run, or the reason why no model fits. Images are looked at by kind,
 * not one by one: what matters of an image is its modality, colour and body part.
 * @param runFor makes or finds the run of a model; asked only for models that are needed.
 */
export async function assignModels(
  database: Database,
  models: Models,
  jobId: number,
  asked: ModelManifest | null,
  runFor: (manifest: ModelManifest) => Promise<number>,
): Promise<void> {
  const kinds = database
    .prepare<[number], FactsRow>(
      `SELECT DISTINCT series.modality, instances.photometric, instances.samples, series.body_part ${UNASSIGNED}`,
    )
    .all(jobId)
  for (const kind of kinds) {
    const match = models.fitting(factsOf(kind), asked)
    const change = 'code' in match ? skipping(match) : { set: 'run_id = ?', values: [await runFor(match)] }
    withoutWaitingForDisk(database, () =>
      database
        .prepare(
          `UPDATE job_items SET ${change.set} WHERE id IN (SELECT job_items.id ${UNASSIGNED} ${SAME_FACTS})`,
        )
        .run(...change.values, jobId, kind.modality, kind.photometric, kind.samples, kind.body_part),
    )
  }
}

const skipping = (fault: Fault) => ({ set: "state = 'skipped', fault = ?", values: [JSON.stringify(fault)] })

export function factsOf(row: FactsRow): ImageFacts {
  return {
    modality: row.modality,
    photometric: photometric.parse(row.photometric),
    samples: row.samples,
    bodyPart: row.body_part,
  }
}
