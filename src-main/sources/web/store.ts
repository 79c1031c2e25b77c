import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { PREAMBLE_LENGTH } from '#main/imaging/dicom/preamble'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import type { Departure, OutgoingFile } from '../types'
import { itemsOf, numberOf, parseObject, textOf } from './dicom-json'
import type { WebClient } from './http'

const FILES_AT_ONCE = 32
const BYTES_AT_ONCE = 64 * 2 ** 20
const LARGEST_ANSWER = 8 * 2 ** 20

const tag = { failed: '00081198', stored: '00081199', instance: '00081155', reason: '00081197' } as const

/** STOW-RS: files in requests of up to 64 MB, and what the archive says of each. */
export async function* storeObjects(
  client: WebClient,
  files: readonly OutgoingFile[],
): AsyncGenerator<Departure> {
  for (const batch of batchesOf(files)) {
    const outcome = await storeBatch(client, batch).catch((error: unknown) => {
      if (batch.length === 1 || !ofContent(error)) throw error
      return null
    })
    // an archive that refuses a request as a whole is asked about each file of it
    const single = outcome ? [] : batch
    if (outcome) for (const file of batch) yield { file, fault: outcome(file) }
    for (const file of single) {
      const fault = await storeBatch(client, [file]).then(
        (of) => of(file),
        (error: unknown) => {
          if (!ofContent(error)) throw error
          return faultOf(error)
        },
      )
      yield { file, fault }
    }
  }
}

const ofContent = (error: unknown) =>
  error instanceof LeptonError &&
  ['SOURCE_FAILED', 'SOURCE_UNSUPPORTED', 'SOURCE_ANSWER_INVALID'].includes(error.code)

async function storeBatch(
  client: WebClient,
  files: readonly OutgoingFile[],
): Promise<(file: OutgoingFile) => Fault | null> {
  const boundary = `lepton-${randomUUID()}`
  const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`
  const tail = `--${boundary}--\r\n`
  const length = files.reduce((sum, { sizeBytes }) => sum + head.length + sizeBytes + 2, tail.length)
  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`
  const body = { type, length, content: bodyOf(files, head, tail) }
  const answer = await client.ask(
    { method: 'POST', path: 'studies', accept: 'application/dicom+json', body },
    [409],
  )
  const said = await client.text(answer, LARGEST_ANSWER)
  if (said.trim() === '' && answer.statusCode !== 409) return () => null
  const report = parseObject(said)
  const failed = new Map(itemsOf(report, tag.failed).map((item) => [textOf(item, tag.instance), item]))
  const stored = new Set(itemsOf(report, tag.stored).map((item) => textOf(item, tag.instance)))
  return ({ sopInstance }) => {
    if (stored.has(sopInstance)) return null
    const item = failed.get(sopInstance)
    if (!item && stored.size + failed.size === 0 && answer.statusCode === 200) return null
    return notStored(item ? numberOf(item, tag.reason) : null)
  }
}

async function* bodyOf(files: readonly OutgoingFile[], head: string, tail: string): AsyncGenerator<Buffer> {
  for (const { path, sizeBytes } of files) {
    yield Buffer.from(head)
    let sent = 0
    for await (const chunk of createReadStream(path, { end: sizeBytes - 1, highWaterMark: 2 ** 17 })) {
      // what a preamble holds is passed on to nobody
      if (sent < PREAMBLE_LENGTH) chunk.fill(0, 0, PREAMBLE_LENGTH - sent)
      sent += chunk.length
      yield chunk
    }
    if (sent !== sizeBytes) {
      throw new LeptonError('FILE_UNREADABLE', {
        expected: `${sizeBytes} bytes`,
        received: `${sent}: ${path}`,
      })
    }
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(tail)
}

const notStored = (reason: number | null) =>
  new LeptonError('SOURCE_FAILED', {
    expected: 'the object to be stored',
    received:
      reason === null ? 'the archive does not confirm it' : `failure 0x${reason.toString(16).toUpperCase()}`,
    remedy: 'Look into the log of the archive.',
  }).toFault()

function* batchesOf(files: readonly OutgoingFile[]): Generator<OutgoingFile[]> {
  let batch: OutgoingFile[] = []
  let bytes = 0
  for (const file of files) {
    if (batch.length >= FILES_AT_ONCE || (batch.length > 0 && bytes + file.sizeBytes > BYTES_AT_ONCE)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.sizeBytes
  }
  if (batch.length > 0) yield batch
}
