import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '#main/database/open'
import type { Engine, ModelSource } from '#main/engine/types'
import type { InstalledModel } from '#shared/contract/models'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import { chosenProvider, judged, providerOrder } from './choice'
import { type Fitting, type ImageFacts, misfit } from './fits'
import { checkFiles, sizeOf } from './integrity'
import { type FaultyPackage, type ModelPackage, packageFolders, readPackage } from './package'
import { ModelStore } from './store'
import { byTask } from './task-order'
import { Trials } from './trials'
import type { Models } from './types'

interface ModelsDeps {
  database: Database
  engine: Engine
  /** Folders that hold packages; those that came with the app are `bundled`. */
  folders: readonly { path: string; bundled: boolean }[]
  appVersion: string
}

/** Reads every package's manifest (no model is loaded, no hash computed) and keeps watch over their trials. */
export function createModels(deps: ModelsDeps): Models {
  return new ModelService(deps)
}

class ModelService implements Models {
  readonly #packages = new Map<string, ModelPackage>()
  readonly #faulty: FaultyPackage[] = []
  readonly #store: ModelStore
  readonly #trials: Trials
  /** Self-tests under way, so that nobody starts them twice. */
  readonly #testing = new Map<string, Promise<ProviderTrial[]>>()

  constructor({ database, engine, folders, appVersion }: ModelsDeps) {
    this.#store = new ModelStore(database)
    this.#trials = new Trials(database, engine, appVersion)
    for (const { path, bundled } of folders) {
      for (const folder of packageFolders(path)) this.#take(readPackage(folder, bundled))
    }
    this.#store.sync([...this.#packages.values()])
  }

  async list(): Promise<InstalledModel[]> {
    return Promise.all([...this.#packages.values()].map((model) => this.#describe(model)))
  }

  faulty(): FaultyPackage[] {
    return [...this.#faulty]
  }

  async get(id: string, version: string): Promise<InstalledModel & { card: string }> {
    const model = this.#package(`${id}@${version}`)
    const card = await readFile(join(model.folder, 'card.md'), 'utf8').catch(() => '')
    return { ...(await this.#describe(model)), card }
  }

  find(name: string): ModelManifest {
    if (name.includes('@')) return this.#package(name).manifest
    const active = this.#store.active()
    const versions = [...this.#packages.values()]
      .map(({ manifest }) => manifest)
      .filter(({ id }) => id === name)
      .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }))
    return (
      versions.find((manifest) => active.has(modelName(manifest))) ??
      versions[0] ??
      this.#package(name).manifest
    )
  }

  fitting(image: ImageFacts): ModelManifest | Fault {
    const active = this.#store.active()
    const candidates = byTask(
      [...this.#packages.values()]
        .filter((model) => model.fault === null && active.has(modelName(model.manifest)))
        .map(({ manifest }) => manifest),
    )
    const fitting: Fitting = 'stated'
    const match = candidates.find((manifest) => misfit(manifest, image, fitting) === null)
    if (match) return match
    const reasons = candidates.map((manifest) => misfit(manifest, image, fitting)?.expected ?? '')
    return new LeptonError('NO_MODEL_FITS', {
      expected: [...new Set(reasons)].join(' / ') || 'an active model',
      received: [image.modality ?? 'no modality stated', image.photometric, image.bodyPart]
        .filter(Boolean)
        .join(', '),
      remedy: 'Activate or install a model for such images, or name the model to use.',
    }).toFault()
  }

  async source(manifest: ModelManifest): Promise<ModelSource> {
    const model = this.#package(modelName(manifest))
    try {
      await checkFiles(model)
      model.fault = null
    } catch (error) {
      model.fault = faultOf(error)
      throw error
    }
    return { folder: model.folder, manifest: model.manifest }
  }

  async providerFor(manifest: ModelManifest, wanted: 'auto' | Provider): Promise<Provider> {
    const source = await this.source(manifest)
    const trials = await this.#tested(source, wanted === 'auto' ? null : wanted)
    const chosen =
      wanted === 'auto'
        ? chosenProvider(trials)
        : trials.find((trial) => trial.provider === wanted && trial.passed)?.provider
    if (chosen) return chosen
    throw refusal(manifest, wanted, wanted === 'auto' ? trials : await this.#tested(source, null))
  }

  async verify(id: string, version: string): Promise<InstalledModel> {
    const model = this.#package(`${id}@${version}`)
    model.fault = await checkFiles(model, true).then(
      () => null,
      (error: unknown) => faultOf(error),
    )
    if (model.fault === null) {
      const source = { folder: model.folder, manifest: model.manifest }
      for (const name of providerOrder) await this.#trials.make(source, name)
    }
    return this.#describe(model)
  }

  async setActive(id: string, version: string, active: boolean): Promise<InstalledModel> {
    const model = this.#package(`${id}@${version}`)
    this.#store.setActive(id, version, active)
    return this.#describe(model)
  }

  /** Trials that hold on this computer, those of `only` (else of every provider) made now where missing. */
  async #tested(source: ModelSource, only: Provider | null): Promise<ProviderTrial[]> {
    const key = modelName(source.manifest)
    const before = this.#testing.get(key) ?? Promise.resolve([])
    const testing = before
      .catch(() => [])
      .then(async () => {
        const known = await this.#trials.known(source.manifest)
        for (const name of only ? [only] : providerOrder) {
          if (known.some((trial) => trial.provider === name)) continue
          // the browser's WebAssembly is the last resort: no need to time it where the processor works
          if (!only && name === 'wasm' && known.some((trial) => trial.provider === 'cpu' && trial.passed))
            continue
          known.push(await this.#trials.make(source, name))
        }
        return known
      })
    this.#testing.set(key, testing)
    return testing
  }

  async #describe(model: ModelPackage): Promise<InstalledModel> {
    const trials = await this.#trials.known(model.manifest).catch(() => [])
    return {
      manifest: model.manifest,
      active: this.#store.active().has(modelName(model.manifest)),
      bundled: model.bundled,
      sizeBytes: await sizeOf(model),
      fault: model.fault,
      trials: judged(trials),
      chosen: model.fault === null ? chosenProvider(trials) : null,
    }
  }

  #package(name: string): ModelPackage {
    const model = this.#packages.get(name)
    if (model) return model
    const names = [...this.#packages.keys()].join(', ') || 'none'
    throw new LeptonError('MODEL_NOT_FOUND', {
      expected: `one of the installed models: ${names}`,
      received: name,
      remedy: '`lepton models list` shows what is installed.',
    })
  }

  #take(read: ModelPackage | FaultyPackage): void {
    if (!('manifest' in read)) {
      this.#faulty.push(read)
      return
    }
    const name = modelName(read.manifest)
    if (!this.#packages.has(name)) this.#packages.set(name, read)
  }
}

function refusal(
  manifest: ModelManifest,
  wanted: 'auto' | Provider,
  trials: readonly ProviderTrial[],
): LeptonError {
  const passed = trials.filter((trial) => trial.passed).map((trial) => trial.provider)
  const why = trials
    .filter((trial) => !trial.passed && (wanted === 'auto' || trial.provider === wanted))
    .map((trial) => `${trial.provider}: ${trial.fault?.code ?? ''} ${trial.fault?.received ?? ''}`.trim())
  return new LeptonError('PROVIDER_REFUSED', {
    expected: `a provider on which ${modelName(manifest)} passes its self-test`,
    received: why.join('; ') || wanted,
    remedy: passed.length > 0 ? `Available here: ${passed.join(', ')}.` : 'None passed: run `lepton doctor`.',
  })
}
