import { createServer as createHttp } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeDicom } from '#main/library/testing/tiny-dicom'
import type { SourcePlace } from '#shared/domain/source'
import { Orthanc, orthancHere } from './testing/orthanc'
import { freePort } from './testing/processes'
import { SourcesBench } from './testing/sources-bench'
import { selfSigned, tlsFront } from './testing/tls-front'

let bench: SourcesBench
beforeEach(() => {
  bench = new SourcesBench()
})
afterEach(() => bench.close())

const verdictOn = async (place: SourcePlace, secret?: string) =>
  (await bench.client.test({ draft: { name: 'tried', place, secret } })).fault

const web = (url: string): SourcePlace => ({
  kind: 'dicomweb',
  url,
  auth: { kind: 'none' },
  certificate: null,
})
const dimse = (port: number, host = '127.0.0.1'): SourcePlace => ({
  kind: 'dimse',
  host,
  port,
  calledAe: 'ANY',
  callingAe: 'LEPTON',
  retrieve: 'get',
  secure: false,
  certificate: null,
})

describe('a connection that cannot work', () => {
  it('is told plainly: nothing listens, no such name', async () => {
    const port = await freePort()
    for (const place of [web(`http://127.0.0.1:${port}/`), dimse(port)]) {
      expect(await verdictOn(place)).toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        received: /nothing listens/,
      })
    }
    for (const place of [web('http://nowhere.invalid/'), dimse(104, 'nowhere.invalid')]) {
      expect(await verdictOn(place)).toMatchObject({ code: 'SOURCE_UNREACHABLE', received: /name/ })
    }
  })

  it('follows no redirection, so that no secret goes elsewhere', async () => {
    let asked = 0
    const elsewhere = createHttp((_, response) => {
      asked += 1
      response.end('[]')
    }).listen(0, '127.0.0.1')
    await wait(20)
    const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`
    const server = createHttp((_, response) => response.writeHead(302, { location: target }).end()).listen(
      0,
      '127.0.0.1',
    )
    await wait(20)
    const place: SourcePlace = {
      kind: 'dicomweb',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      auth: { kind: 'bearer' },
      certificate: null,
    }
    expect(await verdictOn(place, 'token')).toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      received: /leads elsewhere/,
    })
    expect(asked).toBe(0)
    server.close()
    elsewhere.close()
  })

  it('ends at an answer that is no DICOM', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
      socket.on('error', () => {})
    }).listen(0, '127.0.0.1')
    await wait(20)
    const { port } = server.address() as AddressInfo
    expect((await verdictOn(dimse(port)))?.code).toBe('SOURCE_ANSWER_INVALID')
    expect(await verdictOn(web(`http://127.0.0.1:${port}/`))).toMatchObject({
      code: 'SOURCE_ANSWER_INVALID',
      received: /another protocol/,
    })
    server.close()
  })
})

describe('secrets', () => {
  const place = (url: string): SourcePlace => ({
    ...web(url),
    kind: 'dicomweb',
    url,
    auth: { kind: 'basic', user: 'me' },
    certificate: null,
  })

  it('are kept, and never told', async () => {
    const source = bench.add(place('https://pacs.example/dicom-web'), 'top-secret')
    expect(source.secretKept).toBe(true)
    expect(JSON.stringify([source, await bench.client.list()])).not.toContain('top-secret')
    const renamed = await bench.client.change({
      sourceId: source.id,
      draft: { name: 'renamed', place: place('https://pacs.example/other') },
    })
    expect(renamed).toMatchObject({ name: 'renamed', secretKept: true })
  })

  it.each(['https://evil.example/dicom-web', 'http://pacs.example/dicom-web', 'https://pacs.example:444/'])(
    'do not go to %s unless they are typed again',
    async (url) => {
      const source = bench.add(place('https://pacs.example/dicom-web'), 'top-secret')
      const draft = { name: 'moved', place: place(url) }
      await expect(bench.client.change({ sourceId: source.id, draft })).rejects.toMatchObject({
        code: 'FAULT',
      })
      await expect(bench.client.test({ sourceId: source.id, draft })).rejects.toMatchObject({ code: 'FAULT' })
      const changed = await bench.client.change({ sourceId: source.id, draft: { ...draft, secret: 'again' } })
      expect(changed.secretKept).toBe(true)
    },
  )
})

describe.skipIf(!orthancHere())('a real archive', () => {
  let orthanc: Orthanc
  beforeAll(async () => {
    orthanc = await Orthanc.start({ user: ['me', 'right'] })
  })
  afterAll(() => orthanc.close())

  it('is told from one that refuses', async () => {
    const signIn = orthanc.web({ kind: 'basic', user: 'me' })
    expect(await verdictOn(signIn, 'right')).toBeNull()
    expect(await verdictOn(signIn, 'wrong')).toMatchObject({ code: 'SOURCE_REFUSED', remedy: /password/ })
    expect(await verdictOn(orthanc.web())).toMatchObject({ code: 'SOURCE_REFUSED' })
    expect(await verdictOn(orthanc.dimse())).toBeNull()
    expect(await verdictOn({ ...orthanc.dimse(), calledAe: 'OTHER' })).toMatchObject({
      code: 'SOURCE_REFUSED',
      received: /AE title OTHER/,
    })
  })

  it('is told from the wrong port and the wrong path', async () => {
    expect((await verdictOn({ ...orthanc.dimse(), port: orthanc.httpPort }))?.code).toMatch(/^SOURCE_/)
    expect((await verdictOn(web(`http://127.0.0.1:${orthanc.dicomPort}/`)))?.code).toMatch(/^SOURCE_/)
    expect((await verdictOn(web(`https://127.0.0.1:${orthanc.httpPort}/`)))?.code).toBe(
      'SOURCE_ANSWER_INVALID',
    )
    const wrongPath = {
      ...orthanc.web({ kind: 'basic', user: 'me' }),
      url: `http://localhost:${orthanc.httpPort}/nothing`,
    }
    expect((await verdictOn(wrongPath, 'right'))?.code).toBe('SOURCE_UNSUPPORTED')
  })

  it('is trusted over TLS only where its certificate is', async () => {
    const keys = selfSigned(bench.library.folder)
    const front = await tlsFront(keys, orthanc.httpPort)
    const dicomFront = await tlsFront(keys, orthanc.dicomPort)
    const { certificate } = keys
    const basic = orthanc.web({ kind: 'basic', user: 'me' })
    const at = (host: string) => ({ ...basic, url: `https://${host}:${front.port}/dicom-web` })
    expect(await verdictOn(at('localhost'), 'right')).toMatchObject({ code: 'SOURCE_UNTRUSTED' })
    expect(await verdictOn({ ...at('localhost'), certificate }, 'right')).toBeNull()
    expect(await verdictOn({ ...at('127.0.0.1'), certificate }, 'right')).toMatchObject({
      code: 'SOURCE_UNTRUSTED',
    })
    expect((await verdictOn(web(`http://localhost:${front.port}/dicom-web`)))?.code).toMatch(/^SOURCE_/)

    const secure = { ...orthanc.dimse(), host: 'localhost', port: dicomFront.port, secure: true }
    expect(await verdictOn(secure)).toMatchObject({ code: 'SOURCE_UNTRUSTED' })
    expect(await verdictOn({ ...secure, certificate })).toBeNull()
    expect((await verdictOn({ ...secure, port: orthanc.dicomPort }))?.code).toMatch(/^SOURCE_/)
    front.close()
    dicomFront.close()
  })

  it.each(['web', 'get'] as const)(
    'that dies midway over %s leaves a job that goes on later',
    async (way) => {
      const mortal = await Orthanc.start()
      try {
        const study = `1.2.7.${way === 'web' ? 1 : 2}`
        const files = Array.from({ length: 40 }, (_, number) =>
          writeDicom(join(bench.library.inputs, `${number}.dcm`), {
            study,
            series: `${study}.${number % 4}`,
            instance: `${study}.${number % 4}.${number}`,
            rows: 256,
            columns: 256,
            number,
          }),
        )
        const source = bench.add(way === 'web' ? mortal.web() : mortal.dimse())
        await bench.settled(bench.sources.sendFiles(source.id, files).jobId)
        const { jobId } = await bench.client.fetch({ sourceId: source.id, parts: [{ studyUid: study }] })
        for await (const job of bench.library.jobs.watch(jobId)) {
          if (job.done > 0) break
        }
        await mortal.kill()
        const broken = await bench.settled(jobId)
        const before = bench.library.count('instances')
        expect(broken).toMatchObject({ state: 'failed', fault: { code: 'SOURCE_UNREACHABLE' }, failed: 0 })
        expect(before).toBeLessThan(40)

        await mortal.resume()
        bench.library.read.length = 0
        bench.library.jobs.resume(jobId)
        expect(await bench.settled(jobId)).toMatchObject({ state: 'done', total: 40, done: 40, failed: 0 })
        expect(bench.library.count('instances')).toBe(40)
        expect(bench.library.read).toHaveLength(40 - before)
      } finally {
        await mortal.close()
      }
    },
  )
})
