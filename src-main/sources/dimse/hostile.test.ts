import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DimsePlace } from '#shared/domain/source'
import { Spool } from '../transfer/spool'
import { dimseArchive } from './archive'
import { decodeAccept, decodeRequest, encodeAccept, encodeRequest, unit } from './associate'
import { decodeCommand, encodeCommand } from './command'
import { getObjects } from './retrieve'
import { serveAssociation } from './serve'
import { EXPLICIT, IMPLICIT, sopClass } from './syntaxes'

const request = {
  calledAe: 'PEER',
  callingAe: 'LEPTON',
  contexts: [
    { id: 1, abstractSyntax: sopClass.verification, transferSyntaxes: [IMPLICIT] },
    { id: 3, abstractSyntax: '1.2.840.10008.5.1.4.1.1.4', transferSyntaxes: [EXPLICIT, IMPLICIT] },
  ],
  roles: [{ sopClass: '1.2.840.10008.5.1.4.1.1.4', user: false, provider: true }],
  maxLength: 131_072,
}

/** Small repeatable numbers. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    yield state / 2 ** 31
  }
}

function mutated(bytes: Buffer, random: Generator<number>): Buffer {
  const copy = Buffer.from(bytes)
  for (let change = 0; change < 3; change++) {
    const at = Math.floor((random.next().value ?? 0) * copy.length)
    copy[at] = Math.floor((random.next().value ?? 0) * 256)
  }
  return (random.next().value ?? 0) < 0.3 ? copy.subarray(0, copy.length / 2) : copy
}

describe('messages', () => {
  it('come out as they went in', () => {
    expect(decodeRequest(encodeRequest(request).subarray(6))).toEqual(request)
    const accept = { ...request, contexts: [{ id: 1, result: 0, transferSyntax: IMPLICIT }] }
    expect(decodeAccept(encodeAccept(accept).subarray(6))).toEqual(accept)
    const command = { field: 1, messageId: 7, sopClass: '1.2.3', sopInstance: '1.2.3.4', hasDataset: true }
    expect(decodeCommand(encodeCommand(command))).toMatchObject(command)
  })

  it('that are damaged in any way give a coded error or another message, never anything else', () => {
    const random = numbers(7)
    const messages = [
      { bytes: encodeRequest(request).subarray(6), decode: decodeRequest },
      { bytes: encodeAccept({ ...request, contexts: [] }).subarray(6), decode: decodeAccept },
      { bytes: encodeCommand({ field: 1, sopClass: '1.2', status: 3 }), decode: decodeCommand },
    ]
    for (let round = 0; round < 3000; round++) {
      for (const { bytes, decode } of messages) {
        try {
          decode(mutated(bytes, random))
        } catch (error) {
          expect(error).toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
        }
      }
    }
  })
})

let server: Server | null = null
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-hostile-'))
})
afterEach(() => {
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A peer that says what `talk` has it say. */
async function peer(talk: (socket: Socket) => void): Promise<DimsePlace> {
  const listening = createServer((socket) => {
    socket.on('error', () => {})
    talk(socket)
  }).listen(0, '127.0.0.1')
  server = listening
  await once(listening, 'listening')
  return {
    kind: 'dimse',
    host: '127.0.0.1',
    port: (listening.address() as AddressInfo).port,
    calledAe: 'PEER',
    callingAe: 'LEPTON',
    retrieve: 'get',
    secure: false,
    certificate: null,
  }
}

const noReceiver = { claim: () => Promise.reject(new Error('none')) }
const signal = () => AbortSignal.timeout(20_000)

/** Accepts whatever is proposed. */
const welcome = (body: Buffer) => {
  const asked = decodeRequest(body.subarray(6))
  const contexts = asked.contexts.map(({ id, transferSyntaxes }) => ({
    id,
    result: 0,
    transferSyntax: transferSyntaxes[0] ?? '',
  }))
  return encodeAccept({ ...asked, contexts, roles: [] })
}

const fragment = (contextId: number, control: number, data: Buffer) => {
  const head = Buffer.alloc(6)
  head.writeUInt32BE(data.length + 2)
  head[4] = contextId
  head[5] = control
  return unit(4, Buffer.concat([head, data]))
}

describe('an archive that is hostile', () => {
  const hugeUnit = Buffer.from('0400ffffffff', 'hex')
  it.each([
    ['a unit of 4 GB', (body: Buffer) => Buffer.concat([welcome(body), hugeUnit])],
    ['a unit of 4 GB at once', () => hugeUnit],
    [
      'a fragment longer than its unit',
      (body: Buffer) => Buffer.concat([welcome(body), unit(4, Buffer.from('7fffffff0103', 'hex'))]),
    ],
    [
      'a data set nobody announced',
      (body: Buffer) => Buffer.concat([welcome(body), fragment(1, 2, Buffer.alloc(8))]),
    ],
    [
      'a command without end',
      (body: Buffer) =>
        Buffer.concat([
          welcome(body),
          ...Array.from({ length: 9 }, () => fragment(1, 1, Buffer.alloc(10_000))),
        ]),
    ],
    [
      'an unknown context',
      (body: Buffer) =>
        Buffer.concat([welcome(body), fragment(99, 3, encodeCommand({ field: 0x8030, status: 0 }))]),
    ],
    [
      'nothing that fits',
      (body: Buffer) =>
        Buffer.concat([welcome(body), fragment(1, 3, encodeCommand({ field: 0x8001, status: 0 }))]),
    ],
  ])('gives a coded error for %s', async (_, say) => {
    const place = await peer((socket) => socket.once('data', (body: Buffer) => socket.write(say(body))))
    const tried = dimseArchive(place, noReceiver, signal()).test()
    await expect(tried).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })

  it('cannot write outside the spool, whatever it calls its objects', async () => {
    const names = ['../../evil', '/etc/evil', '1.2/../../3', '', '1.2.3\0../x', 'a'.repeat(5000)]
    const place = await peer((socket) => {
      let greeted = false
      let left = [...names]
      socket.on('data', (body: Buffer) => {
        if (!greeted) {
          greeted = true
          socket.write(welcome(body))
          return
        }
        if (body[0] === 5) {
          socket.end(unit(6, Buffer.alloc(4)))
          return
        }
        const sopInstance = left[0]
        left = left.slice(1)
        const store = { field: 1, messageId: 1, sopClass: '1.2.840.10008.5.1.4.1.1.4', hasDataset: true }
        const done = { field: 0x8010, respondsTo: 1, status: 0 }
        if (sopInstance === undefined) socket.write(fragment(1, 3, encodeCommand(done)))
        else {
          socket.write(fragment(3, 3, encodeCommand({ ...store, sopInstance })))
          socket.write(fragment(3, 2, Buffer.alloc(100)))
        }
      })
    })
    const wanted = {
      studyUid: '1.2',
      seriesUid: '1.2.3',
      instances: [{ uid: '1.2.3.4', sopClass: '1.2.840.10008.5.1.4.1.1.4' }],
      whole: true,
    }
    const arrivals = []
    const spool = new Spool(join(folder, 'spool'))
    for await (const arrival of getObjects(place, wanted, spool, signal())) arrivals.push(arrival)
    expect(arrivals).toHaveLength(names.length)
    expect(arrivals.every((arrival) => 'fault' in arrival)).toBe(true)
    expect(existsSync(join(folder, 'spool')) ? readdirSync(join(folder, 'spool')) : []).toEqual([])
    expect(readdirSync(folder).filter((name) => name !== 'spool')).toEqual([])
  })

  it('stops at once when the work is called off', async () => {
    const place = await peer((socket) => socket.once('data', (body: Buffer) => socket.write(welcome(body))))
    const stop = new AbortController()
    const tried = dimseArchive(place, noReceiver, stop.signal).test()
    await wait(100)
    stop.abort()
    await expect(tried).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('a caller that is hostile', () => {
  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a unit of 4 GB', Buffer.from('0100ffffffff', 'hex')],
    ['a cut greeting', encodeRequest(request).subarray(0, 90)],
    [
      'items without end',
      unit(1, Buffer.concat([encodeRequest(request).subarray(6, 74), Buffer.alloc(400_000)])),
    ],
    ['data before a greeting', fragment(1, 3, Buffer.alloc(20))],
  ])('is put out for %s', async (_, bytes) => {
    const ends: Promise<string>[] = []
    const host = { admit: () => null, store: () => Promise.reject(new Error('nothing to store')) }
    const place = await peer((socket) => {
      ends.push(
        serveAssociation(socket, host).then(
          () => 'ended',
          (error) => error.code,
        ),
      )
    })
    const caller = connect(place.port, '127.0.0.1')
    caller.on('error', () => {})
    caller.end(bytes)
    await once(caller, 'close')
    expect(await ends[0]).toBe('SOURCE_ANSWER_INVALID')
  })
})
