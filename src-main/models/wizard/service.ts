import type { Database } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import { hashOf } from '#main/file-hash'
import type { Library } from '#main/library/types'
import { checkGraph } from '../check/graph'
import { assemble, NETWORK } from '../making/assemble'
import { precisionOf } from '../making/precision-of'
import { writePackage } from '../making/write'
import { readOnnx } from '../onnx/read-model'
import type { Models } from '../types'
import { Drafts } from './drafts'
import { factsOf } from './facts'
import { previewImage } from './preview'
import { proposeManifest } from './propose'
import { placeImage } from './stack'
import type { ModelWizard } from './types'

interface WizardDeps {
  database: Database
  engine: Engine
  library: Pick<Library, 'imageSource'>
  models: Pick<Models, 'add'>
  dataFolder: string
}

export function createWizard({ database, engine, library, models, dataFolder }: WizardDeps): ModelWizard {
  const drafts = new Drafts(dataFolder)
  return {
    async inspect(source) {
      const draft = await drafts.begin(source)
      try {
        const model = readOnnx(draft.onnx)
        checkGraph(NETWORK, model)
        return { draft: draft.id, name: draft.name, onnx: factsOf(model, await hashOf(draft.onnx)) }
      } catch (error) {
        await drafts.discard(draft.id)
        throw error
      }
    },
    async propose(id, task) {
      const draft = await drafts.get(id)
      return proposeManifest(readOnnx(draft.onnx), draft.name, task)
    },
    async preview(id, described, imageId) {
      const draft = await drafts.get(id)
      const model = readOnnx(draft.onnx)
      const manifest = assemble(described, model)
      const source = { folder: draft.folder, manifest, precision: precisionOf(model) }
      return previewImage(engine, source, placeImage(database, library, imageId))
    },
    async write(id, described, { card, activate }) {
      const draft = await drafts.get(id)
      const manifest = assemble(described, readOnnx(draft.onnx))
      await writePackage(engine, draft.folder, manifest, card)
      await models.add({ kind: 'path', path: draft.folder }, activate)
      await drafts.discard(id)
      return { id: manifest.id, version: manifest.version }
    },
    discard: (id) => drafts.discard(id),
  }
}
