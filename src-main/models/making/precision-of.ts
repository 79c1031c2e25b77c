import type { Precision } from '#shared/domain/model-manifest/files'
import type { OnnxModel } from '../onnx/types'

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
