import type { GraphTensor } from '#shared/contract/model-wizard'

/** An operator as a node names it; the standard domain is `ai.onnx`. */
export interface Operator {
  domain: string
  type: string
}

/** How a tensor of the outer graph comes about. */
export interface Producer extends Operator {
  inputs: string[]
}

/** A graph's structure without its weights. */
export interface OnnxModel {
  sizeBytes: number
  producer: string
  irVersion: number
  /** What the exporter noted, by its own keys. */
  metadata: Map<string, string>
  /** Version by domain. */
  opsets: Map<string, number>
  /** Every operator used anywhere, by `domain.type`. */
  operators: Map<string, Operator>
  /** Operators the file defines itself, by `domain.type`. */
  functions: Set<string>
  nodes: number
  /** Numbers in all weights, by their type. */
  parameters: Map<string, number>
  /** What is kept in other files, if anything. */
  external: string[]
  /** What must be fed: inputs that no weight of the same name fills. */
  inputs: GraphTensor[]
  outputs: GraphTensor[]
  /** By the name of the tensor, in the outer graph. */
  producers: Map<string, Producer>
}

/** The standard domain may be written as nothing. */
export const domainOf = (stated: string) => (stated === '' ? 'ai.onnx' : stated)
export const operatorKey = ({ domain, type }: Operator) => `${domain}.${type}`

const elementTypes = [
  'undefined',
  'float',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'double',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
]

/** TensorProto.DataType by its number; newer small types have no name here. */
export const elementType = (code: number) => elementTypes[code] ?? `type ${code}`
