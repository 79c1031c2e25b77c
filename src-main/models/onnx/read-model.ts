import { openFile } from '#main/imaging/byte-source'
import { readGraph } from './read-graph'
import { domainOf, type OnnxModel, type Operator, operatorKey } from './types'
import { type Message, malformed, WireReader } from './wire'

/** Protocol Buffers hold no more. */
const LARGEST = 2 ** 31

/**
 * Reads the structure of an ONNX file (onnx.proto, ModelProto): weights are passed over, so that memory does not
 * depend on the size of the file.
 * @throws MODEL_INVALID where it is no ONNX file, FILE_NOT_FOUND, FILE_UNREADABLE, FILE_EMPTY
 */
export function readOnnx(path: string): OnnxModel {
  const { source } = openFile(path)
  try {
    if (source.size > LARGEST) throw malformed(`${source.size} bytes`)
    const model: OnnxModel = {
      sizeBytes: source.size,
      producer: '',
      irVersion: 0,
      metadata: new Map(),
      opsets: new Map(),
      operators: new Map(),
      functions: new Set(),
      nodes: 0,
      parameters: new Map(),
      external: [],
      inputs: [],
      outputs: [],
      producers: new Map(),
    }
    readModel(new WireReader(source).whole(), model)
    if (model.irVersion === 0 || model.nodes === 0) throw malformed('a file without a graph')
    return model
  } finally {
    source.close()
  }
}

function readModel(message: Message, model: OnnxModel): void {
  for (const field of message.fields()) {
    if ('value' in field) {
      if (field.number === 1) model.irVersion = Number(field.value)
    } else if (field.number === 2) {
      model.producer = field.body.text()
    } else if (field.number === 7) {
      readGraph(field.body, model)
    } else if (field.number === 8) {
      const { domain, version } = readOpset(field.body)
      model.opsets.set(domain, version)
    } else if (field.number === 14) {
      readNote(field.body, model.metadata)
    } else if (field.number === 25) {
      model.functions.add(operatorKey(readFunction(field.body, model)))
    }
  }
}

function readNote(message: Message, notes: Map<string, string>): void {
  const texts = new Map<number, string>()
  for (const field of message.fields()) if ('body' in field) texts.set(field.number, field.body.text())
  notes.set(texts.get(1) ?? '', texts.get(2) ?? '')
}

function readOpset(message: Message): { domain: string; version: number } {
  const opset = { domain: 'ai.onnx', version: 0 }
  for (const field of message.fields()) {
    if ('value' in field) {
      if (field.number === 2) opset.version = Number(field.value)
    } else if (field.number === 1) opset.domain = domainOf(field.body.text())
  }
  return opset
}

/** An operator that is made of others; what it is made of counts as used. */
function readFunction(message: Message, model: OnnxModel): Operator {
  const operator = { domain: 'ai.onnx', type: '' }
  for (const field of message.fields()) {
    if ('value' in field) continue
    if (field.number === 1) operator.type = field.body.text()
    else if (field.number === 10) operator.domain = domainOf(field.body.text())
    else if (field.number === 9) {
      const { domain, version } = readOpset(field.body)
      if (!model.opsets.has(domain)) model.opsets.set(domain, version)
    }
  }
  readGraph(message, model, { nodeField: 7, depth: 1 })
  return operator
}
