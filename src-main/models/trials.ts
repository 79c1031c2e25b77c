import { arch, cpus, platform } from 'node:os'
import type { Database } from '#main/database/open'
import type { Engine, ModelSource } from '#main/engine/types'
import { fault, faultOf } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { type Provider, type ProviderTrial, provider } from '#shared/domain/provider'

/** Variables that put another graphics driver behind the same card. */
const DRIVER_VARIABLES = [
  'VK_ICD_FILENAMES',
  'VK_DRIVER_FILES',
  'CUDA_VISIBLE_DEVICES',
  'LIBGL_ALWAYS_SOFTWARE',
]

interface TrialRow {
  provider: string
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
  async known(manifest: ModelManifest): Promise<ProviderTrial[]> {
    return this.#database
      .prepare<[string, string, string, string], TrialRow>(
        `SELECT provider, passed, milliseconds, max_difference, fault, tested_at FROM trials
         WHERE model_id = ? AND model_version = ? AND machine = ? AND model_sha256 = ?`,
      )
      .all(manifest.id, manifest.version, await this.#fingerprint(), manifest.files['model.onnx'] ?? '')
      .map((row) => ({
        provider: provider.parse(row.provider),
        passed: row.passed === 1,
        milliseconds: row.milliseconds,
        maxDifference: row.max_difference,
        fault: row.fault === null ? null : fault.parse(JSON.parse(row.fault)),
        testedAt: row.tested_at,
      }))
  }

  /** Tries a model on one provider now and keeps the outcome. */
  async make(model: ModelSource, wanted: Provider): Promise<ProviderTrial> {
    const offered = (await this.#engine.providers()).find((offer) => offer.provider === wanted)
    const trial = offered?.available
      ? await this.#engine.trial(model, wanted).catch((error: unknown) => refused(wanted, faultOf(error)))
      : refused(
          wanted,
          offered?.fault ?? { code: 'PROVIDER_REFUSED', expected: '', received: '', remedy: '' },
        )
    await this.#keep(model.manifest, trial)
    return trial
  }

  async #keep(manifest: ModelManifest, trial: ProviderTrial): Promise<void> {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO trials (model_id, model_version, provider, machine, model_sha256, passed,
           milliseconds, max_difference, fault, tested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        manifest.id,
        manifest.version,
        trial.provider,
        await this.#fingerprint(),
        manifest.files['model.onnx'] ?? '',
        trial.passed ? 1 : 0,
        trial.milliseconds,
        trial.maxDifference,
        trial.fault ? JSON.stringify(trial.fault) : null,
        trial.testedAt,
      )
  }

  #fingerprint(): Promise<string> {
    this.#machine ??= this.#describeMachine().catch((error: unknown) => {
      this.#machine = null
      throw error
    })
    return this.#machine
  }

  async #describeMachine(): Promise<string> {
    const offers = await this.#engine.providers()
    const processors = cpus()
    return JSON.stringify({
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      system: `${platform()}-${arch()}`,
      providers: offers.filter((offer) => offer.available).map((offer) => offer.provider),
      drivers: DRIVER_VARIABLES.map((name) => process.env[name] ?? ''),
      onnxruntime: this.#engine.status().onnxruntime,
      app: this.#appVersion,
    })
  }
}

function refused(wanted: Provider, why: ProviderTrial['fault']): ProviderTrial {
  return {
    provider: wanted,
    passed: false,
    milliseconds: null,
    maxDifference: null,
    fault: why,
    testedAt: new Date().toISOString(),
  }
}
