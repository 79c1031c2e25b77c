import type { Socket } from 'node:net'
import { networkFault, timedOut } from '../network-fault'
import {
  type AssociateRequest,
  type ContextAnswer,
  decodeRequest,
  encodeAccept,
  type ProposedContext,
  unit,
} from './associate'
import { Association, type Context, type Message } from './association'
import { commandField } from './command'
import { malformed } from './cursor'
import { OUR_MAX_LENGTH, readPdus } from './pdu-reader'
import { pduType } from './pdu-type'
import { EXPLICIT, IMPLICIT, isStorage, STORABLE, sopClass } from './syntaxes'

/** Why an association is not accepted (PS3.8, section 9.3.4), as reason of the service user. */
export const refusal = { callingAe: 3, calledAe: 7 } as const

export interface Host {
  /** Null: welcome; else the reason of the rejection. */
  admit(request: AssociateRequest): number | null
  /** Takes the object of a C-STORE request and answers it. */
  store(association: Association, message: Message, callingAe: string): Promise<void>
}

const GREETING_SECONDS = 10
const IDLE_SECONDS = 120
const UNRECOGNISED = 0x0211

/**
 * Serves one association as provider of C-ECHO and C-STORE, until the peer releases it.
 * @throws what the peer did wrong, or what broke the connection
 */
export async function serveAssociation(socket: Socket, host: Host): Promise<void> {
  const place = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
  const limit = (seconds: number) => {
    socket.removeAllListeners('timeout')
    socket.setTimeout(seconds * 1000, () => socket.destroy(timedOut(place, seconds)))
  }
  socket.on('error', () => {})
  limit(GREETING_SECONDS)
  const pdus = readPdus(socket)
  try {
    const { value, done } = await pdus.next()
    if (done) return
    if (value.type !== pduType.associateRequest)
      throw malformed('a request for an association', 'another unit')
    const request = decodeRequest(value.body)
    const reason = host.admit(request)
    if (reason !== null) {
      socket.end(unit(pduType.associateReject, Buffer.from([0, 1, 1, reason])))
      return
    }
    const answers = request.contexts.slice(0, 128).map(answerTo)
    const { calledAe, callingAe } = request
    socket.write(
      encodeAccept({ calledAe, callingAe, contexts: answers, roles: [], maxLength: OUR_MAX_LENGTH }),
    )
    limit(IDLE_SECONDS)
    const contexts = agreed(request.contexts, answers)
    const association = new Association(socket, pdus, { contexts, peerMaxLength: request.maxLength, place })
    for (;;) {
      const message = await association.receive()
      if (message === null) return
      await answer(association, message, host, callingAe)
    }
  } catch (error) {
    throw networkFault(error, place)
  } finally {
    socket.destroySoon()
  }
}

async function answer(
  association: Association,
  message: Message,
  host: Host,
  callingAe: string,
): Promise<void> {
  const { context, command, dataset } = message
  if (command.field === commandField.store) return host.store(association, message, callingAe)
  if (dataset) for await (const _ of dataset);
  if (command.field === commandField.cancel) return
  const status = command.field === commandField.echo ? 0 : UNRECOGNISED
  const respondsTo = command.messageId ?? 0
  await association.send(context, {
    field: command.field | 0x8000,
    respondsTo,
    sopClass: command.sopClass,
    status,
  })
}

/** Results of a context (PS3.8, table 9-18). */
const result = { accepted: 0, abstractSyntax: 3, transferSyntaxes: 4 } as const

function answerTo({ id, abstractSyntax, transferSyntaxes }: ProposedContext): ContextAnswer {
  const known = abstractSyntax === sopClass.verification || isStorage(abstractSyntax)
  if (!known) return { id, result: result.abstractSyntax, transferSyntax: IMPLICIT }
  const storable = transferSyntaxes.filter((syntax) => STORABLE.has(syntax))
  const [first] = storable
  // of the uncompressed ones, the one that names the types of its elements
  const chosen = first === IMPLICIT && storable.includes(EXPLICIT) ? EXPLICIT : first
  return chosen
    ? { id, result: result.accepted, transferSyntax: chosen }
    : { id, result: result.transferSyntaxes, transferSyntax: IMPLICIT }
}

const agreed = (proposed: readonly ProposedContext[], answers: readonly ContextAnswer[]): Context[] =>
  answers.flatMap(({ id, result: code, transferSyntax }) => {
    const context = proposed.find((one) => one.id === id)
    return context && code === 0 ? [{ id, abstractSyntax: context.abstractSyntax, transferSyntax }] : []
  })
