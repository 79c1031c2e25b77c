import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { ImageFacts } from '#main/models/fits'
import type { Models } from '#main/models/types'
import { photometric } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { type Choice, chooseModel } from './choose-model'

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
    const change = await changeFor(chooseModel(models, factsOf(kind), asked), runFor)
    withoutWaitingForDisk(database, () =>
      database
        .prepare(
          `UPDATE job_items SET ${change.set} WHERE id IN (SELECT job_items.id ${UNASSIGNED} ${SAME_FACTS})`,
        )
        .run(...change.values, jobId, kind.modality, kind.photometric, kind.samples, kind.body_part),
    )
  }
}

async function changeFor(choice: Choice, runFor: (manifest: ModelManifest) => Promise<number>) {
  if (!choice.model) return { set: "state = 'skipped', fault = ?", values: [JSON.stringify(choice.fault)] }
  const warning = choice.warning && JSON.stringify(choice.warning)
  return { set: 'run_id = ?, warning = ?', values: [await runFor(choice.model), warning] }
}

export function factsOf(row: FactsRow): ImageFacts {
  return {
    // what the library calls pictures whose format states no modality
    modality: row.modality === 'PHOTO' ? null : row.modality,
    photometric: photometric.parse(row.photometric),
    samples: row.samples,
    bodyPart: row.body_part,
  }
}
