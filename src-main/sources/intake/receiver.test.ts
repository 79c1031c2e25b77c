import { copyFileSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeDicom } from '#main/library/testing/tiny-dicom'
import { intakeSettings } from '#shared/contract/sources'
import { Background, freePort, program, run } from '../testing/processes'
import { SourcesBench } from '../testing/sources-bench'

const dcmtk = (name: string) => program(name) ?? ''
const here = ['echoscu', 'storescu', 'storescp', 'dcmqrscp', 'dcmcrle'].every(
  (name) => program(name) !== null,
)

/** Processes start slowly on a busy computer. */
const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000 })

let bench: SourcesBench
let port: number
beforeEach(async () => {
  bench = new SourcesBench()
  port = await freePort()
})
afterEach(() => bench.close())

const listen = (change: object = {}, rest: object = {}) =>
  bench.client.saveIntake(intakeSettings.parse({ receiver: { enabled: true, port, ...change }, ...rest }))

const files = (count: number) =>
  Array.from({ length: count }, (_, number) =>
    writeDicom(join(bench.library.inputs, `${number}.dcm`), { instance: `1.2.1.1.${number}`, number }),
  )

describe.skipIf(!here)('dcmtk', () => {
  it('sends to the receiver, and what came is scored by rule', async () => {
    await listen({}, { autoScore: true })
    await run(dcmtk('echoscu'), ['-aec', 'LEPTON', '127.0.0.1', String(port)])
    await run(dcmtk('storescu'), ['-aec', 'LEPTON', '-aet', 'CT1', '127.0.0.1', String(port), ...files(5)])
    await eventually(() => bench.library.count('instances')).toBe(5)
    await eventually(() => bench.scored).toHaveLength(1)
    const { receiver } = await bench.client.intake()
    expect(receiver).toMatchObject({ port, received: 5, lastCaller: 'CT1', fault: null })
    const { studies } = { studies: (await bench.library.client.studies({})).items }
    expect(studies).toMatchObject([{ imageCount: 5 }])
    await eventually(() => readdirSync(join(bench.library.data, 'spool', 'received'))).toEqual([])
  })

  it('is rejected under another AE title, and where it is not allowed', async () => {
    await listen({ callers: ['CT1'] })
    const echo = (...args: string[]) => run(dcmtk('echoscu'), [...args, '127.0.0.1', String(port)])
    await expect(echo('-aec', 'OTHER', '-aet', 'CT1')).rejects.toThrow(/Called AE Title Not Recognized/)
    await expect(echo('-aec', 'LEPTON', '-aet', 'CT2')).rejects.toThrow(/Calling AE Title Not Recognized/)
    await echo('-aec', 'LEPTON', '-aet', 'CT1')
    expect((await bench.client.intake()).receiver.refused).toBe(2)
  })

  it('sends compressed objects, which are kept as they are', async () => {
    await listen()
    const [file = ''] = files(1)
    const compressed = join(bench.library.inputs, 'rle.dcm')
    await run(dcmtk('dcmcrle'), [file, compressed])
    await run(dcmtk('storescu'), ['-xr', '-aec', 'LEPTON', '127.0.0.1', String(port), compressed])
    await eventually(() => bench.library.count('instances')).toBe(1)
    const header = bench.library.library.header(1)
    expect(header.instance.transferSyntax).toBe('1.2.840.10008.1.2.5')
  })

  it('takes what is sent, and says what it does not take', async () => {
    const folder = join(bench.library.folder, 'stored')
    mkdirSync(folder)
    const storage = await Background.start(dcmtk('storescp'), ['-od', folder, String(port)], port)
    const source = bench.add({
      kind: 'dimse',
      host: '127.0.0.1',
      port,
      calledAe: 'STORE',
      callingAe: 'LEPTON',
      retrieve: 'get',
      secure: false,
      certificate: null,
    })
    const [first = '', second = ''] = files(2)
    const compressed = join(bench.library.inputs, 'rle.dcm')
    await run(dcmtk('dcmcrle'), ['+ua', second, compressed])
    const text = join(bench.library.inputs, 'notes.txt')
    writeFileSync(text, 'no DICOM')
    const { jobId } = bench.sources.sendFiles(source.id, [
      first,
      compressed,
      text,
      join(bench.library.inputs, 'gone'),
    ])
    const job = await bench.settled(jobId)
    await storage.stop()
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 3 })
    expect(bench.items(jobId).map(({ code }) => code)).toEqual([
      null,
      'SOURCE_UNSUPPORTED',
      'FORMAT_UNKNOWN',
      'FILE_NOT_FOUND',
    ])
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('answers queries, C-GET and C-MOVE from its own archive', async () => {
    const storage = join(bench.library.folder, 'archive')
    mkdirSync(storage)
    const [peerPort, configuration] = [await freePort(), join(bench.library.folder, 'dcmqrscp.cfg')]
    writeFileSync(
      configuration,
      `NetworkTCPPort = ${peerPort}\nMaxPDUSize = 16384\nMaxAssociations = 16\n
HostTable BEGIN\nlepton = (LEPTON, 127.0.0.1, ${port})\nHostTable END\n
AETable BEGIN\nQR ${storage} RW (100, 1024mb) ANY\nAETable END\n`,
    )
    const archive = await Background.start(dcmtk('dcmqrscp'), ['-c', configuration], peerPort)
    try {
      const place = {
        kind: 'dimse' as const,
        host: '127.0.0.1',
        port: peerPort,
        calledAe: 'QR',
        callingAe: 'LEPTON',
        secure: false,
        certificate: null,
      }
      const source = bench.add({ ...place, retrieve: 'get' })
      const mover = bench.add({ ...place, retrieve: 'move' }, undefined, 'mover')
      await bench.settled(bench.sources.sendFiles(source.id, files(6)).jobId)
      const ask = (query: object) => bench.client.search({ sourceId: source.id, query })
      expect(
        (await ask({ patientName: 'Doe Jane', from: '2024-01-01', to: '2024-01-31' })).studies,
      ).toHaveLength(1)
      expect((await ask({ patientName: 'Nobody' })).studies).toEqual([])
      expect((await ask({ to: '2023-12-31' })).studies).toEqual([])

      const parts = [{ studyUid: '1.2.1', seriesUid: '1.2.1.1' }]
      const refused = await bench.settled((await bench.client.fetch({ sourceId: mover.id, parts })).jobId)
      expect(refused).toMatchObject({ state: 'failed', fault: { code: 'INPUT_INVALID' } })
      await listen()
      const moved = await bench.settled((await bench.client.fetch({ sourceId: mover.id, parts })).jobId)
      expect(moved).toMatchObject({ state: 'done', done: 6, failed: 0 })
      bench.library.library.remove([1])
      const got = await bench.settled((await bench.client.fetch({ sourceId: source.id, parts })).jobId)
      expect(got).toMatchObject({ state: 'done', done: 6, failed: 0 })
    } finally {
      await archive.stop()
    }
  })
})

describe('the receiver', () => {
  it('says that its port is taken, and stays off', async () => {
    await listen()
    const other = new SourcesBench()
    const state = await other.client.saveIntake(intakeSettings.parse({ receiver: { enabled: true, port } }))
    expect(state.receiver).toMatchObject({ port: null, fault: { code: 'INPUT_INVALID' } })
    await other.close()
    const off = await listen({ enabled: false })
    expect(off.receiver).toMatchObject({ port: null, fault: null })
  })
})

describe('a watched folder', () => {
  it('gives its files once they are complete, and each of them once', async () => {
    const folder = join(bench.library.folder, 'watched')
    mkdirSync(folder)
    const [whole = '', growing = ''] = files(2)
    copyFileSync(whole, join(folder, 'whole.dcm'))
    await bench.client.saveIntake(intakeSettings.parse({ watched: [folder], autoScore: true }))
    await eventually(() => bench.library.count('instances')).toBe(1)
    const late = join(folder, 'late.dcm')
    copyFileSync(growing, late)
    truncateSync(late, 200)
    for (let size = 201; size < 206; size++) {
      truncateSync(late, size)
      await wait(40)
    }
    copyFileSync(growing, late)
    await eventually(() => bench.library.count('instances')).toBe(2)
    await wait(400)
    expect(bench.library.jobs.list({ kind: 'import', offset: 0, limit: 10 }).total).toBe(2)
    expect((await bench.client.intake()).watched).toEqual([{ path: folder, fault: null, taken: 2 }])
    expect(bench.scored).toHaveLength(2)
  })

  it('that is not there is named, and one of the library’s own is refused', async () => {
    const gone = join(bench.library.folder, 'gone')
    await bench.client.saveIntake(intakeSettings.parse({ watched: [gone] }))
    await eventually(async () => (await bench.client.intake()).watched[0]?.fault?.code).toBe('FILE_NOT_FOUND')
    const own = intakeSettings.parse({ watched: [join(bench.library.data, 'files')] })
    await expect(bench.client.saveIntake(own)).rejects.toMatchObject({ code: 'FAULT' })
  })
})
