import { createReadStream } from 'node:fs'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { DimsePlace } from '#shared/domain/source'
import type { Departure, OutgoingFile } from '../types'
import type { Association } from './association'
import { commandField } from './command'
import { associate, MOST_CONTEXTS } from './connect'
import { malformed } from './cursor'
import { isSuccess, statusFault } from './status'

/** C-STORE of files, each in the transfer syntax it has. Files are read as they are sent. */
export async function* storeObjects(
  place: DimsePlace,
  files: readonly OutgoingFile[],
  signal: AbortSignal,
): AsyncGenerator<Departure> {
  for (const group of groupsOf(files)) {
    const association = await associate(place, group.proposals, signal)
    try {
      for (const file of group.files) yield { file, fault: await storeOne(association, file) }
      await association.release()
    } finally {
      association.abort()
    }
  }
}

/** Null when it was stored. @throws what broke the association */
async function storeOne(association: Association, file: OutgoingFile) {
  const context = association.contextFor(file.sopClass, file.transferSyntax)
  if (!context) return notTaken(file).toFault()
  const { sopClass, sopInstance, path, datasetOffset } = file
  const messageId = association.nextMessageId()
  const request = { field: commandField.store, messageId, sopClass, sopInstance }
  await association.send(context, request, bytesOf(path, datasetOffset))
  const message = await association.receive()
  if (message?.command.field !== commandField.storeResponse)
    throw malformed('an answer to C-STORE', 'another message')
  const { command } = message
  return isSuccess(command.status) ? null : faultOf(statusFault(command, 'the object to be stored'))
}

/** Opened when first asked for bytes, so that a file that is gone is an error of who reads it. */
async function* bytesOf(path: string, start: number): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { start, highWaterMark: 2 ** 17 })
}

const notTaken = ({ sopClass, transferSyntax }: OutgoingFile) =>
  new LeptonError('SOURCE_UNSUPPORTED', {
    expected: 'an archive that takes the object as it is',
    received: `SOP class ${sopClass} in transfer syntax ${transferSyntax} is not accepted`,
    remedy: 'Ask the operator of the archive to allow it; objects are not converted on the way.',
  })

/** Files in order, in groups whose kinds fit into one association. */
function groupsOf(files: readonly OutgoingFile[]) {
  const groups: { files: OutgoingFile[]; kinds: Set<string> }[] = []
  for (const file of files) {
    const kind = `${file.sopClass} ${file.transferSyntax}`
    let group = groups.at(-1)
    if (!group || (!group.kinds.has(kind) && group.kinds.size >= MOST_CONTEXTS)) {
      group = { files: [], kinds: new Set() }
      groups.push(group)
    }
    group.kinds.add(kind)
    group.files.push(file)
  }
  return groups.map(({ files: members, kinds }) => ({
    files: members,
    proposals: [...kinds].map((kind) => {
      const [abstractSyntax = '', syntax = ''] = kind.split(' ')
      return { abstractSyntax, transferSyntaxes: [syntax] }
    }),
  }))
}
