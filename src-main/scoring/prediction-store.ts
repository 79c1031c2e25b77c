import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { ImageResult } from '#main/engine/types'
import { classificationOf } from './classification'
import type { LinkedLesion, SliceRegion } from './lesions'
import { storedRuns } from './stored-mask'

/** The run that results belong to, and the label its operating point is about. */
export interface RunKey {
  id: number
  keyLabel: string | null
}

/** A result with the place it belongs to. */
export interface ItemResult {
  itemId: number
  imageId: number
  result: ImageResult
}

/** What a result makes of its item: nothing is wrong with an image that the model cannot take. */
export function endOf(result: ImageResult): 'done' | 'skipped' | 'failed' {
  if (result.status === 'scored') return 'done'
  return result.fault.code === 'MODEL_DOES_NOT_FIT' ? 'skipped' : 'failed'
}

type Scored = Extract<ImageResult, { status: 'scored' }>

/**
 * Predictions, findings and lesions. A prediction is written together with the state of its item, so that a
 * process that dies has neither lost a result that counts as done nor kept one that will be made again.
 */
export class PredictionStore {
  readonly #database: Database
  readonly #forget
  readonly #predict
  readonly #find
  readonly #classify
  readonly #embed
  readonly #done
  readonly #fail

  constructor(database: Database) {
    this.#database = database
    this.#forget = database.prepare('DELETE FROM predictions WHERE run_id = ? AND image_id = ?')
    this.#predict = database.prepare(
      `INSERT INTO predictions (run_id, image_id, sha256, milliseconds, map_info, map, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#find = database.prepare(
      `INSERT INTO findings (prediction_id, image_id, label, score, mean_probability, x, y, width, height,
         area_px, area_mm2, mask) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#classify = database.prepare(
      `INSERT INTO classifications (prediction_id, label, likeliest, score, called, outputs)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#embed = database.prepare(
      'INSERT INTO embeddings (prediction_id, dimensions, vector) VALUES (?, ?, ?)',
    )
    this.#done = database.prepare(
      "UPDATE job_items SET state = 'done', attempts = attempts + 1, fault = NULL WHERE id = ?",
    )
    this.#fail = database.prepare(
      'UPDATE job_items SET state = ?, attempts = attempts + 1, fault = ? WHERE id = ?',
    )
  }

  /** Writes results, and whatever `also` does, as one transaction. */
  save(run: RunKey, results: readonly ItemResult[], also: () => void): void {
    withoutWaitingForDisk(this.#database, () =>
      this.#database
        .transaction(() => {
          for (const { itemId, imageId, result } of results) {
            this.#forget.run(run.id, imageId)
            if (result.status === 'failed') {
              this.#fail.run(endOf(result), JSON.stringify(result.fault), itemId)
            } else {
              this.#write(run, imageId, result)
              this.#done.run(itemId)
            }
          }
          also()
        })
        .immediate(),
    )
  }

  /** Regions of a series by their place in the stack, in stack order, read as they are asked for. */
  *regions(runId: number, seriesId: number): Generator<[number, SliceRegion[]]> {
    const rows = this.#database
      .prepare<[number, number], RegionRow>(
        `SELECT findings.id, images.ordinal, label, score, mean_probability, x, y, findings.width, findings.height,
           area_px, area_mm2, mask, instances.rows, instances.columns
         FROM predictions JOIN images ON images.id = predictions.image_id
           JOIN instances ON instances.id = images.instance_id
           JOIN findings ON findings.prediction_id = predictions.id
         WHERE predictions.run_id = ? AND images.series_id = ? AND mask IS NOT NULL
         ORDER BY images.ordinal, findings.id`,
      )
      .iterate(runId, seriesId)
    let slice: [number, SliceRegion[]] | null = null
    for (const row of rows) {
      if (slice && slice[0] !== row.ordinal) {
        yield slice
        slice = null
      }
      slice ??= [row.ordinal, []]
      slice[1].push(regionOf(row))
    }
    if (slice) yield slice
  }

  /** Replaces the lesions of a series; findings of lesions that are not kept go with them. */
  replaceLesions(
    runId: number,
    seriesId: number,
    kept: readonly LinkedLesion[],
    dropped: readonly LinkedLesion[],
  ): void {
    this.#database.prepare('DELETE FROM lesions WHERE run_id = ? AND series_id = ?').run(runId, seriesId)
    const insert = this.#database.prepare(
      `INSERT INTO lesions (run_id, series_id, ordinal, label, volume_mm3, longest_axial_diameter_mm, first_slice,
         last_slice, key_slice, mean_probability, max_probability) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const assign = this.#database.prepare('UPDATE findings SET lesion_id = ? WHERE id = ?')
    const remove = this.#database.prepare('DELETE FROM findings WHERE id = ?')
    for (const [index, lesion] of kept.entries()) {
      const { lastInsertRowid } = insert.run(
        runId,
        seriesId,
        index + 1,
        lesion.label,
        lesion.volumeMm3,
        lesion.longestAxialDiameterMm,
        lesion.firstSlice,
        lesion.lastSlice,
        lesion.keySlice,
        lesion.meanProbability,
        lesion.maxProbability,
      )
      for (const findingId of lesion.findingIds) assign.run(lastInsertRowid, findingId)
    }
    for (const lesion of dropped) for (const findingId of lesion.findingIds) remove.run(findingId)
  }

  /** Removes regions of single pictures below an area. */
  dropRegions(runId: number, seriesId: number, minAreaPx: number): void {
    if (minAreaPx === 0) return
    this.#database
      .prepare(
        `DELETE FROM findings WHERE mask IS NOT NULL AND area_px < ? AND prediction_id IN (
           SELECT predictions.id FROM images CROSS JOIN predictions ON predictions.image_id = images.id
             AND predictions.run_id = ? WHERE images.series_id = ?)`,
      )
      .run(minAreaPx, runId, seriesId)
  }

  #write({ id, keyLabel }: RunKey, imageId: number, result: Scored): void {
    const { lastInsertRowid } = this.#predict.run(
      id,
      imageId,
      result.sha256,
      result.milliseconds,
      result.map ? JSON.stringify(result.map.info) : null,
      result.map?.bytes ?? null,
      new Date().toISOString(),
    )
    const classification = classificationOf(result.classes, keyLabel)
    if (classification) {
      const { label, likeliest, score, called, outputs } = classification
      this.#classify.run(lastInsertRowid, label, likeliest, score, JSON.stringify(called), outputs)
    }
    if (result.embedding) {
      const { length, buffer, byteOffset, byteLength } = result.embedding
      this.#embed.run(lastInsertRowid, length, new Uint8Array(buffer, byteOffset, byteLength))
    }
    for (const { label, score, meanProbability, box, areaPx, areaMm2, mask } of result.findings) {
      const [x, y, width, height] = box ?? [null, null, null, null]
      const runs = mask ? JSON.stringify(mask.runs) : null
      this.#find.run(
        lastInsertRowid,
        imageId,
        label,
        score,
        meanProbability,
        x,
        y,
        width,
        height,
        areaPx,
        areaMm2,
        runs,
      )
    }
  }
}

interface RegionRow {
  id: number
  ordinal: number
  label: string
  score: number
  mean_probability: number
  x: number | null
  y: number | null
  width: number | null
  height: number | null
  area_px: number | null
  area_mm2: number | null
  mask: string
  rows: number
  columns: number
}

function regionOf(row: RegionRow): SliceRegion {
  return {
    findingId: row.id,
    label: row.label,
    score: row.score,
    meanProbability: row.mean_probability,
    box: [row.x ?? 0, row.y ?? 0, row.width ?? row.columns, row.height ?? row.rows],
    areaPx: row.area_px ?? 0,
    areaMm2: row.area_mm2,
    mask: { rows: row.rows, columns: row.columns, runs: storedRuns.parse(JSON.parse(row.mask)) },
  }
}
