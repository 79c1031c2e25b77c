/** A tensor of a graph; a side that is a text is free. Type 1 is float, 7 int64, 2 uint8, 10 float16. */
export interface GraphValue {
  name: string
  shape: readonly (number | string)[]
  type?: number
}

export interface GraphWeight {
  name: string
  shape: readonly number[]
  values: readonly number[]
  /** Says that the numbers lie in this file instead. */
  external?: string
}

export interface GraphNode {
  type: string
  domain?: string
  inputs?: readonly string[]
  outputs?: readonly string[]
  /** Branches and bodies, as attributes of these names. */
  graphs?: Record<string, Graph>
}

export interface Graph {
  nodes: readonly GraphNode[]
  inputs?: readonly GraphValue[]
  outputs?: readonly GraphValue[]
  weights?: readonly GraphWeight[]
}

export interface OnnxFile extends Graph {
  irVersion?: number
  /** Version by domain; '' is the standard one. */
  opsets?: Record<string, number>
  functions?: readonly { domain: string; name: string; nodes: readonly GraphNode[] }[]
  metadata?: Record<string, string>
}

/** The bytes of an ONNX file (onnx.proto, ModelProto), small but whole. */
export function onnxFile({
  irVersion = 8,
  opsets = { '': 13 },
  functions = [],
  metadata = {},
  ...graph
}: OnnxFile): Buffer {
  return Buffer.concat([
    int(1, irVersion),
    bytes(7, graphBytes(graph)),
    ...Object.entries(opsets).map(([domain, version]) => bytes(8, opset(domain, version))),
    ...Object.entries(metadata).map(([key, value]) => bytes(14, join(text(1, key), text(2, value)))),
    ...functions.map(({ domain, name, nodes }) =>
      bytes(
        25,
        join(
          text(1, name),
          ...nodes.map((node) => bytes(7, nodeBytes(node))),
          bytes(9, opset('', opsets[''] ?? 13)),
          text(10, domain),
        ),
      ),
    ),
  ])
}

function graphBytes({ nodes, inputs = [], outputs = [], weights = [] }: Graph): Buffer {
  return join(
    ...nodes.map((node) => bytes(1, nodeBytes(node))),
    text(2, 'graph'),
    ...weights.map((weight) => bytes(5, weightBytes(weight))),
    ...inputs.map((value) => bytes(11, valueBytes(value))),
    ...outputs.map((value) => bytes(12, valueBytes(value))),
  )
}

function nodeBytes({ type, domain, inputs = [], outputs = [], graphs = {} }: GraphNode): Buffer {
  return join(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, type),
    ...Object.entries(graphs).map(([name, graph]) =>
      bytes(5, join(text(1, name), bytes(6, graphBytes(graph)), int(20, 5))),
    ),
    ...(domain === undefined ? [] : [text(7, domain)]),
  )
}

function weightBytes({ name, shape, values, external }: GraphWeight): Buffer {
  const where = external && [bytes(13, join(text(1, 'location'), text(2, external))), int(14, 1)]
  const numbers = Buffer.from(Float32Array.from(values).buffer)
  return join(
    ...shape.map((side) => int(1, side)),
    int(2, 1),
    text(8, name),
    ...(where || [bytes(9, numbers)]),
  )
}

function valueBytes({ name, shape, type = 1 }: GraphValue): Buffer {
  const sides = shape.map((side) => bytes(1, typeof side === 'number' ? int(1, side) : text(2, side)))
  return join(text(1, name), bytes(2, bytes(1, join(int(1, type), bytes(2, join(...sides))))))
}

const opset = (domain: string, version: number) => join(text(1, domain), int(2, version))
const join = (...parts: Buffer[]) => Buffer.concat(parts)

/** The pieces of Protocol Buffers: a number, and bytes or text with their length. */
const int = (field: number, value: number) => join(varint(field << 3), varint(value))
const bytes = (field: number, value: Buffer) => join(varint((field << 3) | 2), varint(value.length), value)
const text = (field: number, value: string) => bytes(field, Buffer.from(value))

function varint(value: number): Buffer {
  const out: number[] = []
  let rest = value
  while (rest > 127) {
    out.push((rest & 127) | 128)
    rest >>>= 7
  }
  return Buffer.from([...out, rest])
}
