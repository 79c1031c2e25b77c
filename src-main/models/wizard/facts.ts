import type { OnnxFacts } from '#shared/contract/model-wizard'
import { precisionOf } from '../making/precision-of'
import type { OnnxModel } from '../onnx/types'

/** What an ONNX file says of itself, for a person. */
export function factsOf(model: OnnxModel, sha256: string): OnnxFacts {
  return {
    sizeBytes: model.sizeBytes,
    sha256,
    producer: model.producer,
    irVersion: model.irVersion,
    opsets: [...model.opsets].map(([domain, version]) => ({ domain, version })),
    nodes: model.nodes,
    parameters: [...model.parameters.values()].reduce((sum, count) => sum + count, 0),
    precision: precisionOf(model),
    inputs: model.inputs,
    outputs: model.outputs,
  }
}
