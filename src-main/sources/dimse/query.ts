import type { Dataset } from '#main/imaging/dicom/dataset'
import { LeptonError } from '#shared/domain/fault'
import type { Association } from './association'
import { commandField } from './command'
import { malformed } from './cursor'
import { encodeIdentifier, readIdentifier } from './identifier'
import { isPending, statusFault } from './status'
import { IMPLICIT, sopClass } from './syntaxes'

export const findProposal = { abstractSyntax: sopClass.findStudy, transferSyntaxes: [IMPLICIT] }

/**
 * Asks one C-FIND in the study root model; answers beyond `limit` are cancelled and not returned.
 * @throws SOURCE_UNSUPPORTED, SOURCE_FAILED, SOURCE_ANSWER_INVALID, SOURCE_TIMEOUT
 */
export async function find(
  association: Association,
  keys: Readonly<Record<number, string>>,
  limit: number,
): Promise<Dataset[]> {
  const context = association.contextFor(sopClass.findStudy)
  if (!context) throw notOffered('queries (C-FIND, study root)')
  const messageId = association.nextMessageId()
  const request = { field: commandField.find, messageId, sopClass: sopClass.findStudy }
  await association.send(context, request, once(encodeIdentifier(keys)))
  const found: Dataset[] = []
  for (let cancelled = false; ; ) {
    const message = await association.receive()
    if (message?.command.field !== commandField.findResponse)
      throw malformed('answers to a query', 'another message')
    const { command, dataset } = message
    const answer = dataset ? await readIdentifier(dataset) : null
    if (!isPending(command.status)) {
      if (command.status === 0 || (cancelled && command.status === 0xfe00)) return found
      throw statusFault(command, 'a list of what matches')
    }
    if (found.length < limit && answer) found.push(answer)
    else if (!cancelled) {
      cancelled = true
      await association.send(context, { field: commandField.cancel, respondsTo: messageId })
    }
  }
}

export async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

export const notOffered = (what: string) =>
  new LeptonError('SOURCE_UNSUPPORTED', {
    expected: what,
    received: 'the archive does not accept it',
    remedy:
      'Check that this is the query and retrieve service of the archive, and what it allows this AE title.',
  })
