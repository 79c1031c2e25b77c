import type { DimsePlace } from '#shared/domain/source'
import type { Archive, MoveTarget } from '../types'
import { commandField } from './command'
import { associate } from './connect'
import { malformed } from './cursor'
import { find, findProposal, notOffered } from './query'
import { getObjects, moveObjects } from './retrieve'
import { isSuccess, statusFault } from './status'
import { storeObjects } from './store'
import { instanceKeys, instanceOf, seriesKeys, seriesOf, studyKeys, studyOf } from './studies'
import { IMPLICIT, sopClass } from './syntaxes'

const MOST_SERIES = 10_000
const MOST_INSTANCES = 200_000

/** An archive that is spoken to by DIMSE (PS3.7): one association for each piece of work. */
export function dimseArchive(place: DimsePlace, receiver: MoveTarget, signal: AbortSignal): Archive {
  const ask = async (keys: Record<number, string>, limit: number) => {
    const association = await associate(place, [findProposal], signal)
    try {
      const answers = await find(association, keys, limit)
      await association.release()
      return answers
    } finally {
      association.abort()
    }
  }
  return {
    test: () => echo(place, signal),
    async studies(query) {
      const answers = await ask(studyKeys(query), query.limit + 1)
      const studies = answers.flatMap(studyOf)
      // archives may leave Modalities in Study out of the match
      const { modality } = query
      const matching = modality
        ? studies.filter(({ modalities }) => modalities.length === 0 || modalities.includes(modality))
        : studies
      return { studies: matching.slice(0, query.limit), more: answers.length > query.limit }
    },
    series: async (studyUid) => (await ask(seriesKeys(studyUid), MOST_SERIES)).flatMap(seriesOf),
    instances: async (studyUid, seriesUid) =>
      (await ask(instanceKeys(studyUid, seriesUid), MOST_INSTANCES)).flatMap(instanceOf),
    retrieve: (wanted, spool) =>
      place.retrieve === 'get'
        ? getObjects(place, wanted, spool, signal)
        : moveObjects(place, wanted, spool, receiver, signal),
    store: (files) => storeObjects(place, files, signal),
    close: () => Promise.resolve(),
  }
}

/** C-ECHO. */
async function echo(place: DimsePlace, signal: AbortSignal): Promise<void> {
  const proposal = { abstractSyntax: sopClass.verification, transferSyntaxes: [IMPLICIT] }
  const association = await associate(place, [proposal], signal)
  try {
    const context = association.contextFor(sopClass.verification)
    if (!context) throw notOffered('the test of a connection (C-ECHO)')
    const messageId = association.nextMessageId()
    await association.send(context, { field: commandField.echo, messageId, sopClass: sopClass.verification })
    const message = await association.receive()
    if (message?.command.field !== commandField.echoResponse)
      throw malformed('an answer to C-ECHO', 'another message')
    if (!isSuccess(message.command.status)) throw statusFault(message.command, 'an answer to C-ECHO')
    await association.release()
  } finally {
    association.abort()
  }
}
