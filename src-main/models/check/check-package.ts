import { join } from 'node:path'
import { readOnnx } from '../onnx/read-model'
import type { ModelPackage } from '../package'
import { checkFolder } from './files'
import { checkGoldenSizes } from './golden'
import { checkGraph } from './graph'
import { checkHashes } from './hashes'
import { checkInputs } from './inputs'
import { checkOutputs } from './outputs'

/** Packages whose contents were looked at; the hashes say whether they are still the same. */
const lookedAt = new WeakSet<ModelPackage>()

/**
 * Everything about a package that can be known without running it: its files, their hashes, and that the networks
 * are what the manifest says. `again` reads every file even if it seems unchanged.
 * @throws MODEL_HASH_MISMATCH or MODEL_INVALID with the reason
 */
export async function checkPackage(model: ModelPackage, { again = false } = {}): Promise<void> {
  const { folder, manifest, members } = model
  await checkFolder(folder, manifest)
  await checkHashes(model, again)
  if (members) {
    for (const member of members) await checkPackage(member, { again })
    return
  }
  if (lookedAt.has(model) && !again) return
  await checkGoldenSizes(folder, manifest)
  for (const { file } of manifest.weights) {
    const graph = readOnnx(join(folder, file))
    checkGraph(file, graph)
    checkInputs(file, graph, manifest.input)
    checkOutputs(file, graph, manifest.outputs)
  }
  lookedAt.add(model)
}
