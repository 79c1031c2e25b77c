import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '#main/database/open'
import type { Engine, EnsembleTask, ModelSource } from '#main/engine/types'
import type { InstalledModel, KnownLabels, PackageSource, ScoringChoice } from '#shared/contract/models'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import type { Precision } from '#shared/domain/model-manifest/files'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import { fittingModel, scoringChoices } from './automatic'
import { Catalogue, type ModelFolder } from './catalogue'
import { checkPackage } from './check/check-package'
import { describeModel } from './describe'
import { type ImageFacts, misfit } from './fits'
import { Installer } from './install/installer'
import { jointTrials } from './joint-trials'
import type { FaultyPackage, ModelPackage } from './package'
import { SelfTests } from './self-tests'
import { ModelStore } from './store'
import { Trials } from './trials'
import type { Models } from './types'
import { checkPrecision, usualPrecision } from './weights'

export interface ModelsDeps {
  database: Database
  engine: Engine
  /** Folders that hold packages. */
  folders: readonly ModelFolder[]
  /** Folder of the library: packages are installed below `models/`, uploads come in at `uploads/`. */
  dataFolder: string
  appVersion: string
}

/**
 * Reads every package's manifest, at the first question (no model is loaded, no hash computed), and keeps watch over
 * their trials.
 */
export function createModels(deps: ModelsDeps): Models {
  return new ModelService(deps)
}

class ModelService implements Models {
  readonly #store: ModelStore
  readonly #folders: readonly ModelFolder[]
  #found: Catalogue | null = null
  readonly #trials: Trials
  readonly #tests: SelfTests
  readonly #installer: Installer

  constructor({ database, engine, folders, dataFolder, appVersion }: ModelsDeps) {
    this.#store = new ModelStore(database)
    this.#folders = folders
    this.#trials = new Trials(database, engine, appVersion)
    this.#tests = new SelfTests(this.#trials)
    this.#installer = new Installer(dataFolder, engine)
  }

  /** Reading every manifest takes a moment, which the start of the app need not wait for. */
  get #catalogue(): Catalogue {
    this.#found ??= new Catalogue(this.#folders, this.#store)
    return this.#found
  }

  refresh(): void {
    this.#catalogue.refresh()
  }

  async list(): Promise<InstalledModel[]> {
    this.refresh()
    return Promise.all(this.#catalogue.packages().map((model) => this.#describe(model)))
  }

  faulty(): FaultyPackage[] {
    this.refresh()
    return this.#catalogue.faulty()
  }

  async discard(folder: string): Promise<void> {
    const found = this.faulty().find((faulty) => faulty.folder === folder)
    if (!found) {
      throw new LeptonError('MODEL_NOT_FOUND', {
        expected: 'the folder of a package that cannot be used',
        received: folder,
        remedy: '`lepton models list` shows what is installed.',
      })
    }
    await this.#installer.discard(found)
    this.refresh()
  }

  async get(id: string, version: string): Promise<InstalledModel & { card: string }> {
    const model = this.#package(id, version)
    const card = await readFile(join(model.folder, 'card.md'), 'utf8').catch(() => '')
    return { ...(await this.#describe(model)), card }
  }

  find(name: string): ModelManifest {
    return this.#catalogue.find(name)
  }

  knownLabels(): KnownLabels[] {
    this.refresh()
    const labelsOf = (installed: boolean) => (manifest: ModelManifest) => {
      const { id, version, labels, groups } = manifest
      return { model: { id, version }, labels, groups, installed }
    }
    return [
      ...this.#catalogue.packages().map(({ manifest }) => labelsOf(true)(manifest)),
      ...this.#store.removed().map(labelsOf(false)),
    ]
  }

  choices(): ScoringChoice[] {
    return scoringChoices(this.#candidates())
  }

  fitting(image: ImageFacts): ModelManifest | Fault {
    return fittingModel(this.#candidates(), image)
  }

  misfit(manifest: ModelManifest, image: ImageFacts): Fault | null {
    return misfit(manifest, image, 'asked')
  }

  precisionOf(manifest: ModelManifest, asked?: Precision): Precision {
    if (asked) return checkPrecision(manifest, asked)
    return usualPrecision(manifest, this.#store.precision(manifest.id, manifest.version))
  }

  async source(manifest: ModelManifest, asked?: Precision): Promise<ModelSource> {
    const model = this.#catalogue.package(modelName(manifest))
    try {
      await checkPackage(model)
      model.fault = null
    } catch (error) {
      model.fault = faultOf(error)
      throw error
    }
    return this.#networks(model, asked)[0]
  }

  async providerFor(
    manifest: ModelManifest,
    wanted: 'auto' | Provider,
    asked?: Precision,
  ): Promise<Provider> {
    await this.source(manifest, asked)
    const [first, ...others] = this.#networks(this.#catalogue.package(modelName(manifest)), asked)
    const provider = await this.#tests.provider(first, wanted)
    try {
      for (const other of others) await this.#tests.provider(other, provider)
      return provider
    } catch (error) {
      if (wanted !== 'auto' || provider === 'cpu') throw error
      return this.providerFor(manifest, 'cpu', asked)
    }
  }

  async ensemble(
    manifest: ModelManifest,
    provider: Provider,
    asked?: Precision,
  ): Promise<EnsembleTask | undefined> {
    if (!manifest.ensemble) return undefined
    await this.source(manifest, asked)
    const networks = this.#networks(this.#catalogue.package(modelName(manifest)), asked)
    const members = networks.map((model) => ({ model, provider }))
    return { rule: manifest.ensemble.rule, members, manifest }
  }

  async verify(id: string, version: string): Promise<InstalledModel> {
    const model = this.#package(id, version)
    model.fault = await checkPackage(model, { again: true }).then(
      () => null,
      (error: unknown) => faultOf(error),
    )
    if (model.fault === null) await this.#tryEverywhere(model)
    return this.#describe(model)
  }

  async bench(id: string, version: string): Promise<InstalledModel> {
    const model = this.#package(id, version)
    await this.source(model.manifest)
    await this.#tryEverywhere(model)
    return this.#describe(model)
  }

  async setActive(id: string, version: string, active: boolean): Promise<InstalledModel> {
    const model = this.#package(id, version)
    if (active) await this.source(model.manifest)
    const inUse = this.#store.history.active().get(id) === version
    if (active || inUse) this.#store.history.activate(id, active ? version : null, 'person')
    return this.#describe(model)
  }

  async setPrecision(id: string, version: string, wanted: Precision | null): Promise<InstalledModel> {
    const model = this.#package(id, version)
    if (wanted) checkPrecision(model.manifest, wanted)
    this.#store.setPrecision(id, version, wanted)
    return this.#describe(model)
  }

  async rollback(id: string): Promise<{ active: InstalledModel | null }> {
    const present = this.#catalogue.find(id)
    if (!this.#store.history.rollBack(id)) {
      throw new LeptonError('INPUT_INVALID', {
        expected: `another version of ${id} that was in use before`,
        received: `${modelName(present)} only`,
        remedy: 'Choose a version with `lepton models activate`.',
      })
    }
    const version = this.#store.history.active().get(id)
    return { active: version === undefined ? null : await this.#describe(this.#package(id, version)) }
  }

  async add(source: PackageSource, activate: boolean): Promise<{ model: InstalledModel; already: boolean }> {
    this.#catalogue.refresh()
    const { name, already, trials } = await this.#installer.add(source, this.#catalogue.packages())
    this.#catalogue.refresh()
    const { manifest } = this.#catalogue.package(name)
    for (const trial of trials) await this.#trials.keep(manifest, trial)
    if (activate) this.#store.history.activate(manifest.id, manifest.version, 'person')
    return { model: await this.#describe(this.#catalogue.package(name)), already }
  }

  async remove(id: string, version: string): Promise<void> {
    const model = this.#package(id, version)
    const name = modelName(model.manifest)
    const needing = this.#catalogue
      .packages()
      .find(({ members }) => members?.some(({ manifest }) => modelName(manifest) === name))
    if (needing) {
      const ensemble = modelName(needing.manifest)
      throw new LeptonError('INPUT_INVALID', {
        expected: 'a model that no ensemble needs',
        received: `${name}, a member of ${ensemble}`,
        remedy: `Remove ${ensemble} first.`,
      })
    }
    await this.#installer.remove(model)
    this.#catalogue.refresh()
  }

  async #tryEverywhere(model: ModelPackage): Promise<void> {
    for (const { folder, manifest } of model.members ?? [model]) {
      for (const { precision } of manifest.weights) await this.#tests.repeat({ folder, manifest, precision })
    }
  }

  /** What the engine loads of a package: itself, or of an ensemble every member. */
  #networks(model: ModelPackage, asked?: Precision): [ModelSource, ...ModelSource[]] {
    const precision = this.precisionOf(model.manifest, asked)
    const [first = model, ...others] = model.members ?? []
    const sourceOf = ({ folder, manifest }: ModelPackage) => ({
      folder,
      manifest,
      precision: usualPrecision(manifest, precision),
    })
    return [sourceOf(first), ...others.map(sourceOf)]
  }

  /** Models in use and sound, those that lead first. */
  #candidates(): ModelManifest[] {
    const packages = new Map(this.#catalogue.packages().map((model) => [modelName(model.manifest), model]))
    return [...this.#store.history.active()].flatMap(([id, version]) => {
      const model = packages.get(modelName({ id, version }))
      return model && model.fault === null ? [model.manifest] : []
    })
  }

  async #describe(model: ModelPackage): Promise<InstalledModel> {
    const known = await Promise.all(
      (model.members ?? [model]).map(({ manifest }) => this.#trials.known(manifest).catch(() => [])),
    )
    return describeModel(model, model.members ? jointTrials(model, known) : known.flat(), this.#store)
  }

  /** @throws MODEL_NOT_FOUND */
  #package(id: string, version: string): ModelPackage {
    return this.#catalogue.package(modelName({ id, version }))
  }
}
