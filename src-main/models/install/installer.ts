import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Engine } from '#main/engine/types'
import { makeFolder } from '#main/make-folder'
import type { ModelTrial, PackageSource } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { isEnsemble, type ModelManifest, modelName } from '#shared/domain/model-manifest/index'
import { checkPackage } from '../check/check-package'
import { completed } from '../ensemble'
import { type FaultyPackage, type ModelPackage, readManifest } from '../package'
import { tryOnProcessor } from '../self-tests'
import { fetchPackage, takeSource } from './fetch-source'
import { Staging } from './staging'

/** What became of a package: its name, whether the very same was there, and how it did on the processor. */
export interface Installed {
  name: string
  already: boolean
  trials: readonly ModelTrial[]
}

/** Puts packages into `<data folder>/models/<id>/<version>` and takes them away again. */
export class Installer {
  readonly #home: string
  readonly #uploads: string
  readonly #staging: Staging
  readonly #engine: Engine

  constructor(dataFolder: string, engine: Engine) {
    this.#home = join(dataFolder, 'models')
    this.#uploads = join(dataFolder, 'uploads')
    this.#staging = new Staging(join(this.#home, '.staging'))
    this.#engine = engine
  }

  /**
   * Checks a package and tries it on the processor in a place of its own; only then is it moved to where packages
   * are, in one step.
   */
  async add(source: PackageSource, installed: readonly ModelPackage[]): Promise<Installed> {
    await this.#staging.sweep()
    return this.#staging.within(async (work) => {
      const path = await takeSource(source, this.#uploads, work)
      return this.#staging.within(async (folder) => this.install(await fetchPackage(path, folder), installed))
    })
  }

  /** Installs the package that lies in a folder of the staging area; moves the folder. */
  async install(folder: string, installed: readonly ModelPackage[]): Promise<Installed> {
    const stated = readManifest(folder)
    const model: ModelPackage | FaultyPackage = isEnsemble(stated)
      ? completed({ folder, ensemble: stated, bundled: false, fault: null }, installed)
      : { folder, manifest: stated, bundled: false, fault: null }
    if (!('manifest' in model)) throw new LeptonError(model.fault.code, model.fault)
    const { manifest } = model
    const name = modelName(manifest)
    await checkPackage(model)
    if (isThere(manifest, installed)) return { name, already: true, trials: [] }
    const trials = model.members ? [] : await tryOnProcessor(this.#engine, model)
    const target = join(this.#home, manifest.id, manifest.version)
    await makeFolder(dirname(target))
    // a folder that is there now holds no package that can be read
    if (existsSync(target)) await this.#delete(target)
    await rename(folder, target)
    return { name, already: false, trials }
  }

  /** @throws INPUT_INVALID for a package that came with the app */
  async remove({ folder, manifest, bundled }: ModelPackage): Promise<void> {
    if (bundled) throw cameWithTheApp(modelName(manifest), 'Stop it from being used instead.')
    await this.#takeAway(folder)
  }

  /** @throws INPUT_INVALID for a package that came with the app */
  async discard({ folder, bundled }: FaultyPackage): Promise<void> {
    if (bundled) throw cameWithTheApp(folder, 'Install the app again.')
    await this.#takeAway(folder)
  }

  async #takeAway(folder: string): Promise<void> {
    await this.#delete(folder)
    if (dirname(folder) !== this.#home) await rmdir(dirname(folder)).catch(() => {})
  }

  /** Moved away in one step, then deleted: half a package is never seen. */
  async #delete(folder: string): Promise<void> {
    const away = this.#staging.pathOf(randomUUID())
    await makeFolder(dirname(away))
    await rename(folder, away)
    await rm(away, { recursive: true, force: true })
  }
}

const cameWithTheApp = (received: string, remedy: string) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'a package that was installed here',
    received: `${received}, which came with the app`,
    remedy,
  })

/** Whether the very same package is installed. @throws MODEL_EXISTS where another of its name is */
function isThere(manifest: ModelManifest, installed: readonly ModelPackage[]): boolean {
  const name = modelName(manifest)
  const there = installed.find((model) => modelName(model.manifest) === name)
  if (!there) return false
  if (there.fault === null && JSON.stringify(there.manifest) === JSON.stringify(manifest)) return true
  throw new LeptonError('MODEL_EXISTS', {
    expected: `a version of ${manifest.id} that is not installed`,
    received: name,
    remedy: 'Give the package a new version, or remove the installed one first.',
  })
}
