import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '#main/engine/types'
import { makeFolder } from '#main/make-folder'
import type { DraftManifest } from '#shared/contract/model-wizard'
import type { InstalledModel } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { checkRoom, Staging } from '../install/staging'
import { readOnnx } from '../onnx/read-model'
import type { Models } from '../types'
import { assemble, NETWORK } from './assemble'
import { headBytes, type LinearHead } from './linear-head'
import { writePackage } from './write'

/** Of a network that a layer is put on top of; it is held in memory meanwhile. */
const MOST_BYTES = 2 ** 28

export interface HeadPackage {
  base: ModelManifest
  head: LinearHead
  /** The manifest around the network, when the output that gives the logits is known. */
  describe(output: string): DraftManifest
  /** Markdown. */
  card: string
  activate: boolean
}

/** Makes packages out of what is installed. */
export interface PackageMaker {
  /**
   * Installs the network of an embedding with a layer on top as a package of its own, checked like any other.
   * @throws MODEL_DOES_NOT_FIT for a base that gives no vector, and as `Models.source` and `Models.add` do
   */
  withHead(wanted: HeadPackage): Promise<InstalledModel>
}

interface MakerDeps {
  engine: Engine
  models: Pick<Models, 'source' | 'add'>
  dataFolder: string
}

export function createPackageMaker({ engine, models, dataFolder }: MakerDeps): PackageMaker {
  const staging = new Staging(join(dataFolder, 'models', '.drafts'))
  return {
    async withHead({ base, head, describe, card, activate }) {
      const { folder: from, precision } = await models.source(base)
      const weights = base.weights.find((one) => one.precision === precision)
      const file = join(from, weights?.file ?? NETWORK)
      const read = readOnnx(file)
      if (read.sizeBytes > MOST_BYTES) {
        throw new LeptonError('INPUT_INVALID', {
          expected: `a network of at most ${MOST_BYTES / 2 ** 20} MB`,
          received: `${Math.ceil(read.sizeBytes / 2 ** 20)} MB`,
          remedy: 'Choose a smaller model for similarity.',
        })
      }
      const { output, appended } = headBytes(read, base, head)
      return staging.within(async (home) => {
        await checkRoom(home, 2 * read.sizeBytes)
        const folder = join(home, 'package')
        await makeFolder(folder)
        await writeFile(join(folder, NETWORK), Buffer.concat([await readFile(file), appended]))
        const manifest = assemble(describe(output), readOnnx(join(folder, NETWORK)))
        await writePackage(engine, folder, manifest, card)
        return (await models.add({ kind: 'path', path: folder }, activate)).model
      })
    },
  }
}
