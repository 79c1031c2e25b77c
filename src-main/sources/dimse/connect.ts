import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, rootCertificates } from 'node:tls'
import { LeptonError } from '#shared/domain/fault'
import type { DimsePlace } from '#shared/domain/source'
import { abortFault, networkFault, timedOut } from '../network-fault'
import { type AssociateAccept, decodeAccept, encodeRequest } from './associate'
import { Association } from './association'
import { malformed } from './cursor'
import { OUR_MAX_LENGTH, type Pdu, readPdus } from './pdu-reader'
import { pduType } from './pdu-type'

/** A context to propose; `provider`: this side takes what the peer stores in it (C-GET). */
export interface Proposal {
  abstractSyntax: string
  transferSyntaxes: string[]
  provider?: boolean
}

const CONNECT_SECONDS = 10
/** Archives that read from tape or search a large index take their time between two answers. */
const IDLE_SECONDS = 120
export const MOST_CONTEXTS = 128

/**
 * Connects and opens an association with at most 128 contexts.
 * @throws SOURCE_UNREACHABLE, SOURCE_TIMEOUT, SOURCE_UNTRUSTED, SOURCE_REFUSED, SOURCE_ANSWER_INVALID
 */
export async function associate(
  place: DimsePlace,
  proposals: readonly Proposal[],
  signal: AbortSignal,
): Promise<Association> {
  const where = `${place.host}:${place.port}`
  const socket = await open(place, where, signal)
  const pdus = readPdus(socket)
  const contexts = proposals.slice(0, MOST_CONTEXTS).map(({ abstractSyntax, transferSyntaxes }, index) => ({
    id: 2 * index + 1,
    abstractSyntax,
    transferSyntaxes,
  }))
  const provided = new Set(proposals.filter(({ provider }) => provider).map((one) => one.abstractSyntax))
  const roles = [...provided].map((sopClass) => ({ sopClass, user: false, provider: true }))
  const { calledAe, callingAe } = place
  socket.write(encodeRequest({ calledAe, callingAe, contexts, roles, maxLength: OUR_MAX_LENGTH }))
  try {
    const accept = await acceptOf(pdus, place, where)
    const agreed = accept.contexts.flatMap(({ id, result, transferSyntax }) => {
      const asked = contexts.find((context) => context.id === id)
      return asked && result === 0 ? [{ id, abstractSyntax: asked.abstractSyntax, transferSyntax }] : []
    })
    return new Association(socket, pdus, {
      contexts: agreed,
      peerMaxLength: accept.maxLength,
      place: where,
    })
  } catch (error) {
    socket.destroy()
    throw networkFault(error, where)
  }
}

function open(place: DimsePlace, where: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { host, port, secure, certificate } = place
    const socket: Socket = secure
      ? connectTls({
          host,
          port,
          servername: /^[\d.:]+$/.test(host) ? '' : host,
          ...(certificate ? { ca: [...rootCertificates, certificate] } : {}),
        })
      : connectPlain({ host, port })
    const stop = () => socket.destroy(abortFault(signal, where))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    socket.once('close', () => signal.removeEventListener('abort', stop))
    socket.setNoDelay(true)
    socket.setTimeout(CONNECT_SECONDS * 1000, () => socket.destroy(timedOut(where, CONNECT_SECONDS)))
    socket.once('error', (error) => reject(networkFault(error, where)))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      // later errors are met by whoever reads or writes
      socket.on('error', () => {})
      socket.removeAllListeners('timeout')
      socket.setTimeout(IDLE_SECONDS * 1000, () => socket.destroy(timedOut(where, IDLE_SECONDS)))
      resolve(socket)
    })
  })
}

async function acceptOf(
  pdus: AsyncIterator<Pdu>,
  place: DimsePlace,
  where: string,
): Promise<AssociateAccept> {
  const { value, done } = await pdus.next()
  if (done) {
    throw new LeptonError('SOURCE_REFUSED', {
      expected: 'an answer to the request for an association',
      received: `${where} closed the connection`,
      remedy: `Check that the archive knows the AE title ${place.callingAe} and this computer.`,
    })
  }
  if (value.type === pduType.associateAccept) return decodeAccept(value.body)
  if (value.type === pduType.associateReject) throw rejected(value.body, place)
  if (value.type === pduType.abort) {
    throw new LeptonError('SOURCE_REFUSED', {
      expected: 'an association',
      received: `${where} ended it (A-ABORT)`,
      remedy: `Check that the archive knows the AE title ${place.callingAe} and this computer.`,
    })
  }
  throw malformed('an answer to the request for an association', `a unit of type ${value.type}`)
}

/** Why an association was rejected (PS3.8, section 9.3.4), and what to check. */
function rejected(body: Buffer, { calledAe, callingAe }: DimsePlace): LeptonError {
  const [source, reason] = [body[2] ?? 0, body[3] ?? 0]
  const [received, remedy] =
    source === 1 && reason === 7
      ? [`it does not go by the AE title ${calledAe}`, 'Check the AE title of the archive.']
      : source === 1 && reason === 3
        ? [
            `it does not know the AE title ${callingAe}`,
            `Have ${callingAe} and the address of this computer entered in the archive.`,
          ]
        : source === 3
          ? ['it is too busy now', 'Try again later.']
          : [
              `source ${source}, reason ${reason}`,
              `Check both AE titles (${calledAe}, ${callingAe}) and whether the archive knows this computer.`,
            ]
  return new LeptonError('SOURCE_REFUSED', {
    expected: 'an association',
    received: `a rejection: ${received}`,
    remedy,
  })
}
