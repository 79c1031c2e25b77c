import type { EnsembleTask, ModelSource } from '#main/engine/types'
import type { InstalledModel, KnownLabels, PackageSource, ScoringChoice } from '#shared/contract/models'
import type { Fault } from '#shared/domain/fault'
import type { Precision } from '#shared/domain/model-manifest/files'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import type { ImageFacts } from './fits'
import type { FaultyPackage } from './package'

/** The model packages of this computer. */
export interface Models {
  /** Looks which packages there are, which every list does by itself. */
  refresh(): void
  list(): Promise<InstalledModel[]>
  /** Folders with a manifest that cannot be read, and why. */
  faulty(): FaultyPackage[]
  /** Deletes one of these folders. @throws MODEL_NOT_FOUND, INPUT_INVALID for one that came with the app */
  discard(folder: string): Promise<void>
  /** @throws MODEL_NOT_FOUND */
  get(id: string, version: string): Promise<InstalledModel & { card: string }>
  /**
   * The model named `id@version`, or the active (else the newest) version of `id`.
   * @throws MODEL_NOT_FOUND, naming what there is.
   */
  find(name: string): ModelManifest
  /** What models call what they find, removed ones included. */
  knownLabels(): KnownLabels[]
  /** What scoring takes by itself, by kind of image and task. */
  choices(): ScoringChoice[]
  /** The active model made for an image, by the order of tasks where several are, or why there is none. */
  fitting(image: ImageFacts): ModelManifest | Fault
  /** Why a model that a person asks for is not made for an image; null if it is. */
  misfit(manifest: ModelManifest, image: ImageFacts): Fault | null
  /**
   * The weights to use: those asked for, else those a person prefers, else the manifest's first.
   * @throws INPUT_INVALID if the package has none of that precision
   */
  precisionOf(manifest: ModelManifest, asked?: Precision): Precision
  /**
   * A model ready for the engine, everything about it checked; of an ensemble the first member.
   * @throws MODEL_HASH_MISMATCH, MODEL_INVALID
   */
  source(manifest: ModelManifest, asked?: Precision): Promise<ModelSource>
  /**
   * The provider to run a model on: the one wanted, or the best that passed its self-test on this computer; an
   * ensemble runs on one that all its members passed on.
   * @throws PROVIDER_REFUSED naming why, and what is available.
   */
  providerFor(manifest: ModelManifest, wanted: 'auto' | Provider, asked?: Precision): Promise<Provider>
  /** The members of an ensemble ready for the engine; undefined for a network. @throws as `source` does */
  ensemble(manifest: ModelManifest, provider: Provider, asked?: Precision): Promise<EnsembleTask | undefined>
  /** Reads every file again and repeats the self-test of each precision on every provider. */
  verify(id: string, version: string): Promise<InstalledModel>
  /** Times each precision on every provider. @throws MODEL_HASH_MISMATCH, MODEL_INVALID */
  bench(id: string, version: string): Promise<InstalledModel>
  setActive(id: string, version: string, active: boolean): Promise<InstalledModel>
  setPrecision(id: string, version: string, precision: Precision | null): Promise<InstalledModel>
  /** One step back in what was in use of an id. @throws MODEL_NOT_FOUND, INPUT_INVALID where there is no step */
  rollback(id: string): Promise<{ active: InstalledModel | null }>
  /**
   * Checks a package, tries it on the processor and installs it.
   * @throws MODEL_INVALID, MODEL_HASH_MISMATCH, SELF_TEST_FAILED, ARCHIVE_UNSAFE and the like, saying why;
   * DUPLICATE where another package of that id and version is installed
   */
  add(source: PackageSource, activate: boolean): Promise<{ model: InstalledModel; already: boolean }>
  /** @throws INPUT_INVALID for a package that came with the app */
  remove(id: string, version: string): Promise<void>
}
