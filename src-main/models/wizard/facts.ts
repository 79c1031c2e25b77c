import type { OnnxFacts } from '#shared/contract/model-wizard'
import type { Precision } from '#shared/domain/model-manifest/files'
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

/** The type that most weights are kept in. */
export function precisionOf({ parameters, operators }: OnnxModel): Precision {
  const count = (...types: string[]) => types.reduce((sum, type) => sum + (parameters.get(type) ?? 0), 0)
  const whole = count('int8', 'uint8')
  const half = count('float16', 'bfloat16')
  const full = count('float', 'double')
  const quantised = [...operators.values()].some(({ type }) => /Quantize|Integer|^QLinear/.test(type))
  if (quantised && whole > half + full) return 'int8'
  return half > full ? 'float16' : 'float32'
}
