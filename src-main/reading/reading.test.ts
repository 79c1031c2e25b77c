import { randomUUID } from 'node:crypto'
import { chmodSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { disc, ExchangeBench } from '#main/exchange/dicom/testing/bench'
import { createReading } from './service'
import { signedRoute } from './signed-route'
import type { Reading } from './types'

describe('reading a study', () => {
  let bench: ExchangeBench
  let reading: Reading
  beforeEach(async () => {
    bench = await new ExchangeBench().open()
    reading = createReading({
      database: bench.library.database,
      jobs: bench.library.jobs,
      annotations: bench.annotations,
      exchange: bench.exchange,
      dataFolder: bench.library.folder,
    })
  })
  afterEach(() => bench.close())

  const lesion = (reader: string, x: number) =>
    bench.draw({ kind: 'mask', mask: disc(x, 16, 6) }, { at: 2, reader })

  it('hides readers from each other until all are done, and compares them then', async () => {
    const { studyId } = bench
    await reading.setBlinded(studyId, true)
    lesion('Ada', 16)
    const other = lesion('Grace', 18)
    expect(await reading.state(studyId)).toMatchObject({ blinded: true })
    expect(() => reading.agreement([studyId])).toThrow('at work: Ada, Grace')
    await reading.setDone(studyId, 'Ada', true)
    expect((await reading.state(studyId)).blinded).toBe(true)
    await reading.setDone(studyId, 'Grace', true)
    expect((await reading.state(studyId)).blinded).toBe(false)

    const [pair] = reading.agreement([studyId])
    expect(pair).toMatchObject({ left: 'Ada', right: 'Grace', studies: 1, kappa: 1 })
    expect(pair?.labels[0]).toMatchObject({ label: null, left: 1, right: 1, both: 1, detection: 1 })
    expect(pair?.labels[0]?.dice).toBeGreaterThan(0.7)
    expect(pair?.differences).toMatchObject([{ kind: 'outline', rightObject: other.objectId }])

    const id = randomUUID()
    expect(reading.settle({ studyId, reader: 'Judge', objectId: other.objectId, instead: null, id })).toBe(1)
    expect(bench.said('Judge')).toMatchObject([{ shape: other.shape, note: 'Grace' }])
    const missing = { studyId, reader: 'Judge', objectId: randomUUID(), instead: null, id: randomUUID() }
    expect(() => reading.settle(missing)).toThrow('NOT_FOUND')

    const [own] = bench.said('Ada')
    const again = { studyId, reader: 'Ada', objectId: other.objectId, id: randomUUID() }
    expect(reading.settle({ ...again, instead: own?.objectId ?? '' })).toBe(1)
    expect(bench.said('Ada')).toMatchObject([{ objectId: own?.objectId, shape: other.shape, note: 'Grace' }])
    bench.annotations.undo(studyId, 'Ada')
    expect(bench.said('Ada')).toMatchObject([{ shape: own?.shape }])
  })

  it('writes what is signed once, locks it, and makes a new version of a later change', async () => {
    const { studyId } = bench
    await expect(reading.sign({ studyId, reader: 'Ada', remark: '', language: 'en' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    lesion('Ada', 16)
    const { version, problems } = await reading.sign({ studyId, reader: 'Ada', remark: 'ok', language: 'en' })
    expect({ version, problems }).toEqual({ version: 1, problems: [] })
    const state = await reading.state(studyId)
    expect(state).toMatchObject({ changedSince: false, signOffs: [{ version: 1, remark: 'ok' }] })
    const files = state.signOffs[0]?.files ?? []
    expect(files.map(({ path }) => path.split('.').at(-1)).sort()).toEqual(['dcm', 'dcm', 'html', 'pdf'])
    expect(files.every((file) => file.state === 'sound')).toBe(true)

    lesion('Ada', 26)
    expect((await reading.state(studyId)).changedSince).toBe(true)
    expect((await reading.sign({ studyId, reader: 'Ada', remark: '', language: 'zh' })).version).toBe(2)
    expect((await reading.state(studyId)).changedSince).toBe(false)

    const first = (await reading.state(studyId)).signOffs.at(-1)
    const page = first?.files.find(({ path }) => path.endsWith('.html'))?.path ?? ''
    const path = join(first?.folder ?? '', page)
    expect(statSync(path).mode & 0o222).toBe(0)
    const route = signedRoute(reading)
    const address = `/signed/${studyId}/1/${page.split('/').map(encodeURIComponent).join('/')}`
    expect((await route.request(address)).headers.get('content-type')).toContain('text/html')
    chmodSync(path, 0o644)
    const { size, atime, mtime } = statSync(path)
    writeFileSync(path, ' '.repeat(size))
    utimesSync(path, atime, mtime)
    expect((await route.request(address)).status).toBe(404)
    writeFileSync(path, 'forged')
    expect((await route.request(address)).status).toBe(404)
    const forged = (await reading.state(studyId)).signOffs.at(-1)?.files.find((file) => file.path === page)
    expect(forged?.state).toBe('changed')
    expect((await route.request(`/signed/${studyId}/1/..%2f..%2flibrary.sqlite`)).status).toBe(404)
  })
})
