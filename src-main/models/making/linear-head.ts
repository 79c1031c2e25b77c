import { LeptonError } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { OnnxModel } from '../onnx/types'
import { bytes, int, joined, text } from './wire-writer'

/** A layer on top of an embedding: logits [N, labels] = vectors of length 1 [N, dimensions] x weights. */
export interface LinearHead {
  /** Row by row, [dimensions, labels]. */
  weights: Float32Array
  dimensions: number
  labels: number
}

const FLOAT = 1

/**
 * The bytes that make a network of an embedding a classifier, and the name of the new output. A message of Protocol
 * Buffers that is written twice is merged (protobuf.dev, Encoding, "Last One Wins"), so they are appended to the file:
 * a graph of one or two nodes (onnx.proto: ModelProto.graph 7; GraphProto.node 1, initializer 5, output 12).
 * @throws MODEL_DOES_NOT_FIT where the network gives no vector in float32
 */
export function headBytes(
  model: OnnxModel,
  base: ModelManifest,
  head: LinearHead,
): { output: string; appended: Uint8Array } {
  const embedding = base.outputs.find((output) => output.decode === 'embedding')
  const tensor = model.outputs.find(({ name }) => name === embedding?.name)
  if (!embedding || tensor?.type !== 'float' || embedding.dimensions !== head.dimensions) {
    throw new LeptonError('MODEL_DOES_NOT_FIT', {
      expected: `a model that gives a vector of ${head.dimensions} numbers in float32`,
      received: tensor ? `${tensor.type} ${tensor.shape?.join(' x ') ?? ''}` : base.task,
      remedy: 'Choose a model for similarity.',
    })
  }
  const names = { output: free(model, 'classes'), unit: free(model, 'unit_embedding') }
  const vector = embedding.normalise ? names.unit : embedding.name
  const weights = 'lepton_head_weights'
  const nodes = [
    ...(embedding.normalise ? [node('LpNormalization', [embedding.name], names.unit)] : []),
    node('MatMul', [vector, weights], names.output),
  ]
  const graph = joined(
    ...nodes.map((one) => bytes(1, one)),
    bytes(5, tensorProto(weights, [head.dimensions, head.labels], head.weights)),
    bytes(12, valueInfo(names.output, [tensor.shape?.[0] ?? null, head.labels])),
  )
  return { output: names.output, appended: bytes(7, graph) }
}

function free({ producers, inputs }: OnnxModel, wanted: string): string {
  const taken = (name: string) => producers.has(name) || inputs.some((input) => input.name === name)
  let name = wanted
  for (let i = 2; taken(name); i++) name = `${wanted}_${i}`
  return name
}

const node = (type: string, inputs: readonly string[], output: string) =>
  joined(
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, `lepton_${output}`),
    text(4, type),
  )

const tensorProto = (name: string, dims: readonly number[], values: Float32Array) =>
  joined(
    ...dims.map((side) => int(1, side)),
    int(2, FLOAT),
    text(8, name),
    bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  )

function valueInfo(name: string, shape: readonly (number | string | null)[]): Uint8Array {
  const sides = shape.map((side) =>
    bytes(1, side === null ? new Uint8Array() : typeof side === 'number' ? int(1, side) : text(2, side)),
  )
  return joined(text(1, name), bytes(2, bytes(1, joined(int(1, FLOAT), bytes(2, joined(...sides))))))
}
