import type { DraftManifest } from '#shared/contract/model-wizard'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { decodedTensors } from '../check/decoded-tensors'
import { checkGraph } from '../check/graph'
import { checkInputs } from '../check/inputs'
import { checkManifest } from '../check/manifest-rules'
import { checkOutputs } from '../check/outputs'
import type { OnnxModel } from '../onnx/types'
import { goldenShape } from './golden-input'
import { precisionOf } from './precision-of'

/** The network's file in a package that is made here. */
export const NETWORK = 'model.onnx'

/**
 * A whole manifest around a draft: golden inputs of a fixed shape; golden outputs and hashes are named but not
 * true before the package is written.
 * @throws MODEL_INVALID where the draft contradicts itself or the network
 */
export function assemble(draft: DraftManifest, model: OnnxModel): ModelManifest {
  const names = [draft.input.name, ...(draft.input.prompt ? [draft.input.prompt.name] : [])]
  const inputs = names.map((name) => ({
    name,
    file: goldenFile(name),
    shape: goldenShape(draft.input, name, model),
    type:
      draft.input.type === 'uint8' && name === draft.input.name ? ('uint8' as const) : ('float32' as const),
  }))
  const outputs = [...new Set(draft.outputs.flatMap(decodedTensors))].map((name) => ({
    name,
    file: goldenFile(name),
    shape: [1],
    type: 'float32' as const,
  }))
  const unknown = '0'.repeat(64)
  const manifest: ModelManifest = {
    format: 'lepton-model',
    formatVersion: 1,
    ...draft,
    weights: [
      {
        precision: precisionOf(model),
        file: NETWORK,
        outputs,
        tolerance: { absolute: 1e-3, relative: 1e-3 },
        metrics: [],
      },
    ],
    golden: { inputs },
    files: Object.fromEntries(
      [NETWORK, ...[...inputs, ...outputs].map(({ file }) => file)].map((file) => [file, unknown]),
    ),
  }
  checkManifest(manifest)
  checkGraph(NETWORK, model)
  checkInputs(NETWORK, model, manifest.input)
  checkOutputs(NETWORK, model, manifest.outputs)
  return manifest
}

/** A file name of letters that every system takes, different for different tensors. */
export function goldenFile(tensor: string): string {
  const plain = tensor.replace(/[^\w-]+/g, '_')
  const odd =
    plain === tensor ? '' : `-${[...tensor].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 65_521, 7)}`
  return `golden/${plain}${odd}.bin`
}
