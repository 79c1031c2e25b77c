import type { IncomingMessage } from 'node:http'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Spool } from '../transfer/spool'
import type { Arrival, Wanted } from '../types'
import type { WebClient } from './http'
import { boundaryOf, readParts } from './multipart'

/** Objects as the archive keeps them, whatever their compression. */
const ACCEPT = 'multipart/related; type="application/dicom"; transfer-syntax=*'

/** WADO-RS: the whole series in one answer, or chosen instances one by one. */
export async function* retrieveObjects(
  client: WebClient,
  wanted: Wanted,
  spool: Spool,
): AsyncGenerator<Arrival> {
  const { studyUid, seriesUid, instances, whole } = wanted
  const series = `studies/${studyUid}/series/${seriesUid}`
  if (whole) {
    yield* objectsOf(client, await client.ask({ path: series, accept: ACCEPT }), spool)
    return
  }
  for (const { uid } of instances) {
    try {
      const answer = await client.ask({ path: `${series}/instances/${uid}`, accept: ACCEPT })
      yield* objectsOf(client, answer, spool)
    } catch (error) {
      if (endsAll(error)) throw error
      yield { uid, fault: faultOf(error) }
    }
  }
}

async function* objectsOf(client: WebClient, answer: IncomingMessage, spool: Spool): AsyncGenerator<Arrival> {
  const type = answer.headers['content-type']
  try {
    if (/^application\/dicom\b/i.test(type ?? '')) {
      yield { object: await spool.write(client.bytes(answer)) }
      return
    }
    const boundary = boundaryOf(type)
    if (boundary === null) {
      throw new LeptonError('SOURCE_ANSWER_INVALID', {
        expected: 'DICOM objects',
        received: type?.slice(0, 100) ?? 'an answer without a type',
      })
    }
    for await (const part of readParts(client.bytes(answer), boundary)) {
      yield { object: await spool.write(part.content) }
    }
  } finally {
    answer.destroy()
  }
}

/** What concerns the archive or the disk, not one instance. */
const endsAll = (error: unknown) =>
  error instanceof LeptonError &&
  [
    'SOURCE_UNREACHABLE',
    'SOURCE_TIMEOUT',
    'SOURCE_UNTRUSTED',
    'SOURCE_REFUSED',
    'DISK_FULL',
    'CANCELLED',
  ].includes(error.code)
