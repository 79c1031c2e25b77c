import type { DimsePlace } from '#shared/domain/source'
import type { Spool } from '../transfer/spool'
import type { Arrival, MoveTarget, Wanted } from '../types'
import type { Association } from './association'
import { commandField } from './command'
import { associate, MOST_CONTEXTS, type Proposal } from './connect'
import { malformed } from './cursor'
import { encodeIdentifier } from './identifier'
import { notOffered, once } from './query'
import { receiveObject } from './receive'
import { isPending, isSuccess, statusFault } from './status'
import { retrieveKeys } from './studies'
import { COMMON_STORAGE, COMPRESSED, EXPLICIT, IMPLICIT, isStorage, sopClass } from './syntaxes'

const UNCOMPRESSED = [EXPLICIT, IMPLICIT]

/** C-GET: the objects come back over the same association. */
export async function* getObjects(
  place: DimsePlace,
  wanted: Wanted,
  spool: Spool,
  signal: AbortSignal,
): AsyncGenerator<Arrival> {
  const get = { abstractSyntax: sopClass.getStudy, transferSyntaxes: [IMPLICIT] }
  const association = await associate(place, [get, ...storageProposals(wanted)], signal)
  try {
    const context = association.contextFor(sopClass.getStudy)
    if (!context) throw notOffered('retrieval over the same connection (C-GET, study root)')
    for (const identifier of identifiersOf(wanted)) {
      const messageId = association.nextMessageId()
      const request = { field: commandField.get, messageId, sopClass: sopClass.getStudy }
      await association.send(context, request, once(identifier))
      yield* getting(association, spool, place.calledAe)
    }
    await association.release()
  } finally {
    association.abort()
  }
}

async function* getting(association: Association, spool: Spool, sourceAe: string): AsyncGenerator<Arrival> {
  for (;;) {
    const message = await association.receive()
    if (message?.command.field === commandField.store) {
      yield await receiveObject(association, message, spool, sourceAe)
      continue
    }
    if (message?.command.field !== commandField.getResponse) {
      throw malformed('answers to C-GET', 'another message')
    }
    await discard(message.dataset)
    if (isPending(message.command.status)) continue
    if (!isSuccess(message.command.status)) throw statusFault(message.command, 'the objects asked for')
    return
  }
}

/** C-MOVE: the archive sends the objects to this app's receiver. */
export async function* moveObjects(
  place: DimsePlace,
  wanted: Wanted,
  spool: Spool,
  receiver: MoveTarget,
  signal: AbortSignal,
): AsyncGenerator<Arrival> {
  const arrived: Arrival[] = []
  const uids = new Set(wanted.instances.map((instance) => instance.uid))
  await using claim = await receiver.claim(uids, spool, (object) => arrived.push({ object }))
  const move = { abstractSyntax: sopClass.moveStudy, transferSyntaxes: [IMPLICIT] }
  const association = await associate(place, [move], signal)
  try {
    for (const identifier of identifiersOf(wanted)) {
      for await (const _ of moving(association, claim.aeTitle, identifier)) yield* arrived.splice(0)
    }
    yield* arrived.splice(0)
    await association.release()
  } finally {
    association.abort()
  }
}

async function* moving(
  association: Association,
  destination: string,
  identifier: Buffer,
): AsyncGenerator<void> {
  const context = association.contextFor(sopClass.moveStudy)
  if (!context) throw notOffered('retrieval to a receiver (C-MOVE, study root)')
  const messageId = association.nextMessageId()
  const request = { field: commandField.move, messageId, sopClass: sopClass.moveStudy, destination }
  await association.send(context, request, once(identifier))
  for (;;) {
    const message = await association.receive()
    if (message?.command.field !== commandField.moveResponse)
      throw malformed('answers to C-MOVE', 'another message')
    await discard(message.dataset)
    yield
    if (isPending(message.command.status)) continue
    if (!isSuccess(message.command.status)) throw statusFault(message.command, 'the objects asked for')
    return
  }
}

/** Lists of identifiers are kept short: some archives read no more of them. */
const LISTED_AT_ONCE = 64

function identifiersOf({ studyUid, seriesUid, instances, whole }: Wanted): Buffer[] {
  if (whole) return [encodeIdentifier(retrieveKeys(studyUid, seriesUid, null))]
  const uids = instances.map((one) => one.uid)
  const count = Math.ceil(uids.length / LISTED_AT_ONCE)
  return Array.from({ length: count }, (_, index) => {
    const some = uids.slice(index * LISTED_AT_ONCE, (index + 1) * LISTED_AT_ONCE)
    return encodeIdentifier(retrieveKeys(studyUid, seriesUid, some))
  })
}

async function discard(dataset: AsyncIterable<Buffer> | null): Promise<void> {
  if (dataset) for await (const _ of dataset);
}

/**
 * Contexts to take objects in: each compression in a context of its own where they fit, so that the archive can
 * send every object as it keeps it; else all compressions of a SOP class in one.
 */
function storageProposals({ instances }: Wanted): Proposal[] {
  const told = [...new Set(instances.map((instance) => instance.sopClass ?? ''))].filter(isStorage)
  const unknown = told.length === 0 || instances.some((instance) => instance.sopClass === null)
  const classes = unknown ? [...new Set([...told, ...COMMON_STORAGE])] : told
  const fit = classes.length * (1 + COMPRESSED.length) < MOST_CONTEXTS
  const compressed = fit ? COMPRESSED.map((syntax) => [syntax]) : [COMPRESSED]
  return classes
    .flatMap((abstractSyntax) =>
      [UNCOMPRESSED, ...compressed].map((transferSyntaxes) => ({
        abstractSyntax,
        transferSyntaxes,
        provider: true,
      })),
    )
    .slice(0, MOST_CONTEXTS - 1)
}
