import { elementType, type OnnxModel } from './types'
import type { Message } from './wire'

const EXTERNAL = 1n

/** Takes a TensorProto into the model's figures, without its numbers. Returns its name. */
export function readTensor(message: Message, model: OnnxModel): string {
  let name = ''
  let type = 0
  let count = 1
  let external = false
  for (const field of message.fields()) {
    if ('value' in field) {
      if (field.number === 1) count *= Number(field.value)
      else if (field.number === 2) type = Number(field.value)
      else if (field.number === 14 && field.value === EXTERNAL) external = true
    } else if (field.number === 1) {
      for (const side of field.body.packed()) count *= Number(side)
    } else if (field.number === 8) {
      name = field.body.text()
    } else if (field.number === 13) {
      external = true
    }
  }
  if (external) model.external.push(name)
  const stated = elementType(type)
  model.parameters.set(stated, (model.parameters.get(stated) ?? 0) + count)
  return name
}
