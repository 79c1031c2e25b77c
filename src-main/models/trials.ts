import type { Database } from '#main/database/open'
import type { Engine, ModelSource } from '#main/engine/types'
import type { ModelTrial } from '#shared/contract/models'
import { type Fault, fault, faultOf } from '#shared/domain/fault'
import { precision } from '#shared/domain/model-manifest/files'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { weightsHash } from '#shared/domain/model-manifest/weights-hash'
import { type Provider, type ProviderTrial, provider } from '#shared/domain/provider'
import { describeMachine } from './machine'

interface TrialRow {
  provider: string
  precision: string
  model_sha256: string
  passed: number
  milliseconds: number | null
  max_difference: number | null
  fault: string | null
  tested_at: string
}

/** Golden self-tests on this computer, kept until the computer, ONNX Runtime, the app or the model changes. */
export class Trials {
  readonly #database: Database
  readonly #engine: Engine
  readonly #appVersion: string
  #machine: Promise<string> | null = null

  constructor(database: Database, engine: Engine, appVersion: string) {
    this.#database = database
    this.#engine = engine
    this.#appVersion = appVersion
  }

  /** Trials of a model that still hold, in no order. */
  async known(manifest: ModelManifest): Promise<ModelTrial[]> {
    return this.#database
      .prepare<[string, string, string], TrialRow>(
        `SELECT provider, precision, model_sha256, passed, milliseconds, max_difference, fault, tested_at
         FROM trials WHERE model_id = ? AND model_version = ? AND machine = ?`,
      )
      .all(manifest.id, manifest.version, await this.#fingerprint())
      .map((row) => ({ row, precision: precision.parse(row.precision) }))
      .filter((kept) => kept.row.model_sha256 === weightsHash(manifest, kept.precision))
      .map((kept) => ({
        provider: provider.parse(kept.row.provider),
        precision: kept.precision,
        passed: kept.row.passed === 1,
        milliseconds: kept.row.milliseconds,
        maxDifference: kept.row.max_difference,
        fault: kept.row.fault === null ? null : fault.parse(JSON.parse(kept.row.fault)),
        testedAt: kept.row.tested_at,
      }))
  }

  /** Tries a model on one provider now and keeps the outcome. */
  async make(model: ModelSource, wanted: Provider): Promise<ModelTrial> {
    const trial = { ...(await this.#try(model, wanted)), precision: model.precision }
    await this.keep(model.manifest, trial)
    return trial
  }

  async #try(model: ModelSource, wanted: Provider): Promise<ProviderTrial> {
    const offered = (await this.#engine.providers()).find((offer) => offer.provider === wanted)
    if (!offered?.available) return refused(wanted, offered?.fault ?? null)
    return this.#engine.trial(model, wanted).catch((error: unknown) => refused(wanted, faultOf(error)))
  }

  /** Writes down how a model did on a provider. */
  async keep(manifest: ModelManifest, trial: ModelTrial): Promise<void> {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO trials (model_id, model_version, provider, precision, machine, model_sha256,
           passed, milliseconds, max_difference, fault, tested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        manifest.id,
        manifest.version,
        trial.provider,
        trial.precision,
        await this.#fingerprint(),
        weightsHash(manifest, trial.precision),
        trial.passed ? 1 : 0,
        trial.milliseconds,
        trial.maxDifference,
        trial.fault ? JSON.stringify(trial.fault) : null,
        trial.testedAt,
      )
  }

  #fingerprint(): Promise<string> {
    this.#machine ??= describeMachine(this.#engine, this.#appVersion).catch((error: unknown) => {
      this.#machine = null
      throw error
    })
    return this.#machine
  }
}

function refused(wanted: Provider, why: Fault | null): ProviderTrial {
  return {
    provider: wanted,
    passed: false,
    milliseconds: null,
    maxDifference: null,
    fault: why ?? { code: 'PROVIDER_REFUSED', expected: '', received: '', remedy: '' },
    testedAt: new Date().toISOString(),
  }
}
