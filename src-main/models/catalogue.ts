import { statSync } from 'node:fs'
import { join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { completed } from './ensemble'
import {
  type EnsemblePackage,
  type FaultyPackage,
  type ModelPackage,
  packageFolders,
  readPackage,
} from './package'
import { byVersion, type ModelStore } from './store'

export interface ModelFolder {
  path: string
  /** Came with the app. */
  bundled: boolean
}

/** The packages that lie in the app's and the library's folders: their manifests, no model is loaded. */
export class Catalogue {
  readonly #folders: readonly ModelFolder[]
  readonly #store: ModelStore
  /** By folder, with what its manifest looked like when it was read. */
  #read = new Map<string, { stamp: string; found: ModelPackage | EnsemblePackage | FaultyPackage }>()
  #packages = new Map<string, ModelPackage>()
  #faulty: FaultyPackage[] = []

  constructor(folders: readonly ModelFolder[], store: ModelStore) {
    this.#folders = folders
    this.#store = store
    this.refresh()
  }

  /** Looks again which packages there are, for another program may have installed or removed some. */
  refresh(): void {
    const before = this.#read
    this.#read = new Map(
      this.#folders.flatMap(({ path, bundled }) =>
        packageFolders(path).map((folder) => {
          const stamp = stampOf(folder)
          const known = before.get(folder)
          return [folder, known?.stamp === stamp ? known : { stamp, found: readPackage(folder, bundled) }]
        }),
      ),
    )
    const changed =
      before.size !== this.#read.size || [...this.#read].some(([folder, read]) => before.get(folder) !== read)
    if (!changed && before.size > 0) return
    this.#packages = new Map()
    this.#faulty = []
    const read = [...this.#read.values()].map(({ found }) => found)
    for (const found of read) if (!('ensemble' in found)) this.#take(found)
    for (const found of read) if ('ensemble' in found) this.#take(completed(found, this.packages()))
    this.#store.sync([...this.#packages.values()])
  }

  packages(): ModelPackage[] {
    return [...this.#packages.values()]
  }

  faulty(): FaultyPackage[] {
    return this.#faulty
  }

  #take(found: ModelPackage | FaultyPackage): void {
    if (!('manifest' in found)) {
      this.#faulty.push(found)
      return
    }
    const name = modelName(found.manifest)
    if (!this.#packages.has(name)) this.#packages.set(name, found)
  }

  /** @throws MODEL_NOT_FOUND, naming what there is */
  package(name: string): ModelPackage {
    const model = this.#packages.get(name)
    if (model) return model
    const names = [...this.#packages.keys()].join(', ') || 'none'
    throw new LeptonError('MODEL_NOT_FOUND', {
      expected: `one of the installed models: ${names}`,
      received: name,
      remedy: '`lepton models list` shows what is installed.',
    })
  }

  /** `id@version`, or of an `id` the version in use, else the newest. @throws MODEL_NOT_FOUND */
  find(name: string): ModelManifest {
    if (name.includes('@')) return this.package(name).manifest
    const versions = this.packages()
      .map(({ manifest }) => manifest)
      .filter(({ id }) => id === name)
      .sort(byVersion)
    const active = this.#store.history.active().get(name)
    return (
      versions.find(({ version }) => version === active) ?? versions.at(-1) ?? this.package(name).manifest
    )
  }
}

function stampOf(folder: string): string {
  const stat = statSync(join(folder, 'manifest.json'), { throwIfNoEntry: false })
  return stat ? `${stat.size} ${stat.mtimeMs} ${stat.ino}` : ''
}
