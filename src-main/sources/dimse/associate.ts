import { Cursor, malformed } from './cursor'
import { pduType } from './pdu-type'

/** One abstract syntax with the transfer syntaxes offered for it (PS3.8, section 9.3.2.2). */
export interface ProposedContext {
  id: number
  abstractSyntax: string
  transferSyntaxes: string[]
}

/** The answer to one proposed context; `result` 0 accepts it with this transfer syntax. */
export interface ContextAnswer {
  id: number
  result: number
  transferSyntax: string
}

/** Who acts as user or provider of a SOP class (PS3.7, annex D.3.3.4). */
export interface Role {
  sopClass: string
  user: boolean
  provider: boolean
}

interface Common {
  calledAe: string
  callingAe: string
  roles: Role[]
  /** Largest P-DATA unit its sender can take; 0: any. */
  maxLength: number
}

export interface AssociateRequest extends Common {
  contexts: ProposedContext[]
}

export interface AssociateAccept extends Common {
  contexts: ContextAnswer[]
}

const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1'
/** Names this implementation to peers (PS3.7, annex D.3.3.2). */
export const IMPLEMENTATION = { uid: '2.25.329800735698586629295641978511506172918', name: 'LEPTON_STUDIO' }

const itemType = {
  application: 0x10,
  proposed: 0x20,
  answered: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maxLength: 0x51,
  implementationUid: 0x52,
  role: 0x54,
  implementationName: 0x55,
} as const

export function encodeRequest(request: AssociateRequest): Buffer {
  const contexts = request.contexts.map(({ id, abstractSyntax, transferSyntaxes }) =>
    item(
      itemType.proposed,
      Buffer.from([id, 0, 0, 0]),
      item(itemType.abstractSyntax, Buffer.from(abstractSyntax)),
      ...transferSyntaxes.map((syntax) => item(itemType.transferSyntax, Buffer.from(syntax))),
    ),
  )
  return encode(pduType.associateRequest, request, contexts)
}

export function encodeAccept(accept: AssociateAccept): Buffer {
  const contexts = accept.contexts.map(({ id, result, transferSyntax }) =>
    item(
      itemType.answered,
      Buffer.from([id, 0, result, 0]),
      item(itemType.transferSyntax, Buffer.from(transferSyntax)),
    ),
  )
  return encode(pduType.associateAccept, accept, contexts)
}

function encode(type: number, { calledAe, callingAe, roles, maxLength }: Common, contexts: Buffer[]): Buffer {
  const head = Buffer.alloc(68, ' ')
  head.writeUInt16BE(1, 0)
  head.fill(0, 2, 4)
  head.write(calledAe, 4, 16, 'latin1')
  head.write(callingAe, 20, 16, 'latin1')
  head.fill(0, 36)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(maxLength)
  const user = item(
    itemType.userInformation,
    item(itemType.maxLength, length),
    item(itemType.implementationUid, Buffer.from(IMPLEMENTATION.uid)),
    ...roles.map(({ sopClass, user, provider }) =>
      item(itemType.role, short(sopClass.length), Buffer.from(sopClass), Buffer.from([+user, +provider])),
    ),
    item(itemType.implementationName, Buffer.from(IMPLEMENTATION.name)),
  )
  const application = item(itemType.application, Buffer.from(APPLICATION_CONTEXT))
  return unit(type, Buffer.concat([head, application, ...contexts, user]))
}

/** @throws SOURCE_ANSWER_INVALID */
export function decodeRequest(body: Buffer): AssociateRequest {
  const contexts: ProposedContext[] = []
  const common = decode(body, (type, content) => {
    if (type !== itemType.proposed) return
    const id = content.byte()
    content.skip(3)
    const context: ProposedContext = { id, abstractSyntax: '', transferSyntaxes: [] }
    for (const { type: inner, content: value } of itemsOf(content)) {
      if (inner === itemType.abstractSyntax) context.abstractSyntax = value.text(value.left)
      if (inner === itemType.transferSyntax) context.transferSyntaxes.push(value.text(value.left))
    }
    contexts.push(context)
  })
  return { ...common, contexts }
}

/** @throws SOURCE_ANSWER_INVALID */
export function decodeAccept(body: Buffer): AssociateAccept {
  const contexts: ContextAnswer[] = []
  const common = decode(body, (type, content) => {
    if (type !== itemType.answered) return
    const id = content.byte()
    content.skip(1)
    const result = content.byte()
    content.skip(1)
    let transferSyntax = ''
    for (const { type: inner, content: value } of itemsOf(content)) {
      if (inner === itemType.transferSyntax) transferSyntax = value.text(value.left)
    }
    contexts.push({ id, result, transferSyntax })
  })
  return { ...common, contexts }
}

function decode(body: Buffer, context: (type: number, content: Cursor) => void): Common {
  const cursor = new Cursor(body)
  cursor.skip(4)
  const common: Common = { calledAe: cursor.text(16), callingAe: cursor.text(16), roles: [], maxLength: 0 }
  cursor.skip(32)
  for (const { type, content } of itemsOf(cursor)) {
    if (type === itemType.userInformation) readUserInformation(content, common)
    else context(type, content)
  }
  return common
}

function readUserInformation(cursor: Cursor, common: Common): void {
  for (const { type, content } of itemsOf(cursor)) {
    if (type === itemType.maxLength) common.maxLength = content.long()
    if (type !== itemType.role) continue
    const sopClass = content.text(content.short())
    common.roles.push({ sopClass, user: content.byte() === 1, provider: content.byte() === 1 })
  }
}

/** More than 128 contexts and their parts never make this many. */
const MOST_ITEMS = 20_000

function* itemsOf(cursor: Cursor): Generator<{ type: number; content: Cursor }> {
  for (let count = 0; cursor.left > 0; count++) {
    if (count > MOST_ITEMS) throw malformed('a plain association', `more than ${MOST_ITEMS} items`)
    const type = cursor.byte()
    cursor.skip(1)
    yield { type, content: new Cursor(cursor.take(cursor.short())) }
  }
}

function item(type: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([type, 0]), short(content.length), content])
}

/** A protocol data unit: type, reserved, length, content. */
export function unit(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt8(type, 0)
  head.writeUInt32BE(content.length, 2)
  return Buffer.concat([head, content])
}

function short(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16BE(value)
  return buffer
}
