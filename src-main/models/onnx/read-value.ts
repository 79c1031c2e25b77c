import type { GraphTensor } from '#shared/contract/model-wizard'
import { elementType } from './types'
import type { Message } from './wire'

type Side = number | string | null

/** An input or output of a graph (ValueInfoProto); what is no tensor has the type `other`. */
export function readValueInfo(message: Message): GraphTensor {
  const value: GraphTensor = { name: '', type: 'other', shape: null }
  for (const field of message.fields()) {
    if ('value' in field) continue
    if (field.number === 1) value.name = field.body.text()
    else if (field.number === 2) {
      for (const part of field.body.fields()) {
        if ('body' in part && part.number === 1) Object.assign(value, readTensorType(part.body))
      }
    }
  }
  return value
}

function readTensorType(message: Message): Pick<GraphTensor, 'type' | 'shape'> {
  const read: Pick<GraphTensor, 'type' | 'shape'> = { type: elementType(0), shape: null }
  for (const field of message.fields()) {
    if ('value' in field) {
      if (field.number === 1) read.type = elementType(Number(field.value))
    } else if (field.number === 2) {
      const sides = [...field.body.fields()]
      read.shape = sides.flatMap((side) => ('body' in side && side.number === 1 ? [readSide(side.body)] : []))
    }
  }
  return read
}

/** A fixed side, the name of a free one, or null where nothing is said. */
function readSide(message: Message): Side {
  let side: Side = null
  for (const field of message.fields()) {
    if ('value' in field) {
      if (field.number === 1) side = field.value > 0n ? Number(field.value) : null
    } else if (field.number === 2) side = field.body.text() || null
  }
  return side
}
