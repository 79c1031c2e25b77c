import type { Database } from '#main/database/open'
import type { FrameSource, ScoreTask } from '#main/engine/types'
import type { FlipCost } from '#shared/contract/scoring'
import { LeptonError } from '#shared/domain/fault'
import { flipGains } from '#shared/domain/model-manifest/flip-gains'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { needsSeries } from '#shared/domain/model-manifest/needs-series'
import { type FactsRow, factsOf } from './assign'
import { chooseModel } from './choose-model'
import { keepFlipCost } from './flip-store'
import type { ScoringDeps } from './types'

/** Images timed, and how often; the median counts. */
const IMAGES = 4
const ROUNDS = 3
/** Series looked at, the newest first, for one that the model is made for. */
const LOOKED_AT = 500

/**
 * Runs a model over a few images of the library, without and with their mirror images in turn, and writes down what
 * those cost; beside it stands what its package says they gain.
 * @throws MODEL_NOT_FOUND; MODEL_DOES_NOT_FIT for a model that waits for clicks; INPUT_INVALID where the library holds
 * nothing it is made for; and what reading or running throws
 */
export async function measureFlips(deps: ScoringDeps, name: string): Promise<FlipCost> {
  const { database, engine, models, preferredProvider } = deps
  const manifest = models.find(name)
  const stack = stackFor(deps, manifest)
  const precision = models.precisionOf(manifest)
  const provider = await models.providerFor(manifest, preferredProvider(), precision)
  const model = await models.source(manifest, precision)
  const ensemble = await models.ensemble(manifest, provider, precision)
  const task = {
    model,
    ...(ensemble && { ensemble }),
    provider,
    threshold: manifest.operatingPoint.threshold,
    stack,
    wanted: middleOf(stack.length),
  }
  const time = (flips: boolean) => meanTime(engine, { ...task, flips })
  // the first run of each loads and warms up
  await time(false)
  await time(true)
  const plain: number[] = []
  const flipped: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    plain.push(await time(false))
    flipped.push(await time(true))
  }
  const [before, after] = [median(plain), median(flipped)]
  const cost: FlipCost = {
    model: modelName(manifest),
    provider,
    precision,
    plain: before,
    flipped: after,
    factor: after / before,
    images: task.wanted.length,
    measuredAt: new Date().toISOString(),
    gains: flipGains(manifest, precision),
  }
  keepFlipCost(database, manifest, cost)
  return cost
}

/** The newest series that a model is made for: whole where slices need one another, else a few of its images. */
function stackFor({ database, models }: ScoringDeps, manifest: ModelManifest): FrameSource[] {
  const kinds = database
    .prepare<[number], FactsRow & { id: number }>(
      `SELECT series.id, series.modality, series.body_part, instances.photometric, instances.samples
       FROM series JOIN images ON images.series_id = series.id AND images.ordinal = 0
         JOIN instances ON instances.id = images.instance_id ORDER BY series.id DESC LIMIT ?`,
    )
    .all(LOOKED_AT)
  const made = kinds.find((kind) => {
    const choice = chooseModel(models, factsOf(kind), manifest)
    if (choice.model === null) throw new LeptonError(choice.fault.code, choice.fault)
    return choice.warning === null
  })
  if (made) return sourcesOf(database, made.id, needsSeries(manifest) ? -1 : IMAGES)
  throw new LeptonError('INPUT_INVALID', {
    expected: `images in the library that ${modelName(manifest)} is made for`,
    received: 'none',
    remedy: 'Import some first.',
  })
}

const sourcesOf = (database: Database, seriesId: number, most: number): FrameSource[] =>
  database
    .prepare<[number, number], FrameSource>(
      `SELECT instances.path, images.frame FROM images JOIN instances ON instances.id = images.instance_id
       WHERE images.series_id = ? ORDER BY images.ordinal LIMIT ?`,
    )
    .all(seriesId, most)

/** A few places in the middle of a stack. */
function middleOf(length: number): number[] {
  const count = Math.min(IMAGES, length)
  const first = Math.floor((length - count) / 2)
  return Array.from({ length: count }, (_, at) => first + at)
}

/** Mean time of an image in the session, in milliseconds. @throws the fault of an image that failed */
async function meanTime(engine: Pick<ScoringDeps['engine'], 'score'>, task: ScoreTask): Promise<number> {
  const times: number[] = []
  const failures: LeptonError[] = []
  await engine.score(task, (result) => {
    if (result.status === 'scored') times.push(result.milliseconds)
    else failures.push(new LeptonError(result.fault.code, result.fault))
  })
  const [failure] = failures
  if (failure) throw failure
  return times.reduce((sum, value) => sum + value, 0) / times.length
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
