import type { ModelSource } from '#main/engine/types'
import type { InstalledModel } from '#shared/contract/models'
import type { Fault } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import type { ImageFacts } from './fits'
import type { FaultyPackage } from './package'

/** The model packages of this computer. */
export interface Models {
  list(): Promise<InstalledModel[]>
  /** Folders with a manifest that cannot be read, and why. */
  faulty(): FaultyPackage[]
  /** @throws MODEL_NOT_FOUND */
  get(id: string, version: string): Promise<InstalledModel & { card: string }>
  /**
   * The model named `id@version`, or the active (else the newest) version of `id`.
   * @throws MODEL_NOT_FOUND, naming what there is.
   */
  find(name: string): ModelManifest
  /** The active model made for an image, or why there is none; `asked` names the only model to look at. */
  fitting(image: ImageFacts, asked: ModelManifest | null): ModelManifest | Fault
  /** A model ready for the engine, its hashes checked. @throws MODEL_HASH_MISMATCH, MODEL_INVALID */
  source(manifest: ModelManifest): Promise<ModelSource>
  /**
   * The provider to run a model on: the one wanted, or the best that passed its self-test on this computer.
   * @throws PROVIDER_REFUSED naming why, and what is available.
   */
  providerFor(manifest: ModelManifest, wanted: 'auto' | Provider): Promise<Provider>
  /** Reads every file again and repeats the self-test on every provider. */
  verify(id: string, version: string): Promise<InstalledModel>
  setActive(id: string, version: string, active: boolean): Promise<InstalledModel>
}
