import { LeptonError } from '#shared/domain/fault'
import { knownOperators } from '../onnx/known-operators'
import { type OnnxModel, operatorKey } from '../onnx/types'
import { invalid } from './refuse'

/** Newest version of the file format that ONNX Runtime 1.30 reads. */
const NEWEST_IR = 13
/** Newest version of each operator set that it takes. */
const newest = new Map([
  ['ai.onnx', 26],
  ['ai.onnx.ml', 5],
  ['com.microsoft', 1],
])

/**
 * Whether a graph stands for itself and is made of operators that run here, those in its branches, loops and
 * functions included.
 * @throws MODEL_INVALID naming the operator or the tensor
 */
export function checkGraph(file: string, model: OnnxModel): void {
  if (model.external.length > 0) {
    throw new LeptonError('MODEL_INVALID', {
      expected: `${file} with all its weights inside`,
      received: `external data for ${model.external.slice(0, 3).join(', ')}`,
      remedy: 'Save the network again in one file (onnx.save_model with save_as_external_data=False).',
    })
  }
  if (model.irVersion > NEWEST_IR) {
    throw invalid(`ONNX IR version ${NEWEST_IR} or older in ${file}`, String(model.irVersion))
  }
  for (const operator of model.operators.values()) {
    const known = knownOperators.get(operator.domain)?.has(operator.type)
    if (known || model.functions.has(operatorKey(operator))) continue
    throw invalid(`operators that ONNX Runtime knows in ${file}`, operatorKey(operator))
  }
  for (const [domain, version] of model.opsets) {
    const most = newest.get(domain)
    if (most !== undefined && version > most) {
      throw invalid(`operator set ${domain} up to version ${most} in ${file}`, String(version))
    }
  }
}
