import { malformed } from './cursor'

/** Command fields (PS3.7, annex E); responses have the top bit set. */
export const commandField = {
  store: 0x0001,
  storeResponse: 0x8001,
  get: 0x0010,
  getResponse: 0x8010,
  find: 0x0020,
  findResponse: 0x8020,
  move: 0x0021,
  moveResponse: 0x8021,
  echo: 0x0030,
  echoResponse: 0x8030,
  cancel: 0x0fff,
} as const

/** The elements of a command set that are used here, by their short names. */
export interface Command {
  field: number
  messageId?: number | undefined
  respondsTo?: number | undefined
  sopClass?: string | undefined
  sopInstance?: string | undefined
  status?: number | undefined
  comment?: string | undefined
  destination?: string | undefined
  remaining?: number | undefined
  completed?: number | undefined
  failed?: number | undefined
  warnings?: number | undefined
  /** A data set follows. */
  hasDataset?: boolean | undefined
}

const numbers = {
  field: 0x0100,
  messageId: 0x0110,
  respondsTo: 0x0120,
  status: 0x0900,
  remaining: 0x1020,
  completed: 0x1021,
  failed: 0x1022,
  warnings: 0x1023,
} as const
const texts = { sopClass: 0x0002, destination: 0x0600, comment: 0x0902, sopInstance: 0x1000 } as const
const PRIORITY = 0x0700
const DATASET_TYPE = 0x0800
const NO_DATASET = 0x0101
const requests: ReadonlySet<number> = new Set([
  commandField.store,
  commandField.get,
  commandField.find,
  commandField.move,
])

/** A command set, always in implicit little endian (PS3.7, section 6.3.1). */
export function encodeCommand(command: Command): Buffer {
  const elements = new Map<number, Buffer>()
  for (const [name, tag] of entries(numbers)) {
    const value = command[name]
    if (value !== undefined) elements.set(tag, short(value))
  }
  for (const [name, tag] of entries(texts)) {
    const value = command[name]
    if (value !== undefined) elements.set(tag, padded(value, name === 'destination' ? ' ' : '\0'))
  }
  if (requests.has(command.field)) elements.set(PRIORITY, short(0))
  elements.set(DATASET_TYPE, short(command.hasDataset ? 1 : NO_DATASET))
  const body = Buffer.concat(
    [...elements].sort(([left], [right]) => left - right).map(([tag, value]) => element(tag, value)),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([element(0, length), body])
}

/** @throws SOURCE_ANSWER_INVALID */
export function decodeCommand(bytes: Buffer): Command {
  const elements = new Map<number, Buffer>()
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw malformed('whole command elements', 'a cut one')
    const group = bytes.readUInt16LE(at)
    const tag = bytes.readUInt16LE(at + 2)
    const end = at + 8 + bytes.readUInt32LE(at + 4)
    if (group !== 0 || end > bytes.length) throw malformed('a command set', `group ${group} at byte ${at}`)
    elements.set(tag, bytes.subarray(at + 8, end))
    at = end
  }
  const number = (tag: number) => {
    const value = elements.get(tag)
    return value && value.length >= 2 ? value.readUInt16LE() : undefined
  }
  const text = (tag: number) =>
    elements
      .get(tag)
      ?.toString('latin1')
      .replace(/[\s\0]+$/, '')
  const field = number(numbers.field)
  if (field === undefined) throw malformed('a command field', 'none')
  return {
    field,
    messageId: number(numbers.messageId),
    respondsTo: number(numbers.respondsTo),
    sopClass: text(texts.sopClass),
    sopInstance: text(texts.sopInstance),
    status: number(numbers.status),
    comment: text(texts.comment),
    destination: text(texts.destination),
    remaining: number(numbers.remaining),
    completed: number(numbers.completed),
    failed: number(numbers.failed),
    warnings: number(numbers.warnings),
    hasDataset: (number(DATASET_TYPE) ?? NO_DATASET) !== NO_DATASET,
  }
}

const entries = <Name extends string, Tag>(table: Readonly<Record<Name, Tag>>) =>
  Object.entries(table) as [Name, Tag][]

function element(tag: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(tag, 2)
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}

function short(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16LE(value)
  return buffer
}

const padded = (text: string, filler: string) =>
  Buffer.from(text.length % 2 === 0 ? text : text + filler, 'latin1')
