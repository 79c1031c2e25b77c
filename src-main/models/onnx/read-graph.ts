import { readTensor } from './read-tensor'
import { readValueInfo } from './read-value'
import { domainOf, type OnnxModel, operatorKey } from './types'
import { type Message, malformed } from './wire'

const MOST_NODES = 200_000
/** Graphs within graphs. */
const DEEPEST = 32

/**
 * Takes a GraphProto (or, with nodes in field 7, the body of a FunctionProto) into the model: every node counts,
 * wherever it stands; inputs, outputs and producers are those of the outer graph alone.
 */
export function readGraph(message: Message, model: OnnxModel, { nodeField = 1, depth = 0 } = {}): void {
  if (depth > DEEPEST) throw malformed(`graphs nested deeper than ${DEEPEST}`)
  const outer = depth === 0
  const weights = new Set<string>()
  for (const field of message.fields()) {
    if ('value' in field) continue
    if (field.number === nodeField) {
      model.nodes += 1
      if (model.nodes > MOST_NODES) throw malformed(`more than ${MOST_NODES} nodes`)
      readNode(field.body, model, depth)
    } else if (nodeField !== 1) {
      // a function has nothing else of interest
    } else if (field.number === 5) {
      weights.add(readTensor(field.body, model))
    } else if (field.number === 15) {
      for (const part of field.body.fields()) {
        if ('body' in part && part.number === 1) weights.add(readTensor(part.body, model))
        else if ('body' in part && part.number === 2) readTensor(part.body, model)
      }
    } else if (outer && field.number === 11) {
      model.inputs.push(readValueInfo(field.body))
    } else if (outer && field.number === 12) {
      model.outputs.push(readValueInfo(field.body))
    }
  }
  if (outer) model.inputs = model.inputs.filter(({ name }) => !weights.has(name))
}

/** Takes a NodeProto with the graphs and tensors of its attributes into the model. */
function readNode(message: Message, model: OnnxModel, depth: number): void {
  const operator = { domain: 'ai.onnx', type: '' }
  const inputs: string[] = []
  const outputs: string[] = []
  for (const field of message.fields()) {
    if ('value' in field) continue
    if (field.number === 1) inputs.push(field.body.text())
    else if (field.number === 2) outputs.push(field.body.text())
    else if (field.number === 4) operator.type = field.body.text()
    else if (field.number === 5) readAttribute(field.body, model, depth)
    else if (field.number === 7) operator.domain = domainOf(field.body.text())
  }
  model.operators.set(operatorKey(operator), operator)
  if (depth === 0) for (const output of outputs) model.producers.set(output, { ...operator, inputs })
}

/** AttributeProto: t, g, tensors, graphs, sparse_tensor and sparse_tensors hold what must be looked at. */
function readAttribute(message: Message, model: OnnxModel, depth: number): void {
  for (const field of message.fields()) {
    if ('value' in field) continue
    if (field.number === 5 || field.number === 10) readTensor(field.body, model)
    else if (field.number === 6 || field.number === 11) readGraph(field.body, model, { depth: depth + 1 })
    else if (field.number === 22 || field.number === 23) {
      for (const part of field.body.fields()) {
        if ('body' in part && (part.number === 1 || part.number === 2)) readTensor(part.body, model)
      }
    }
  }
}
