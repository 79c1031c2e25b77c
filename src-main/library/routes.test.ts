import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FRAME_HEADER, routes, UPLOAD_PATH_HEADER } from '#shared/contract/routes'
import { frameInfo } from '#shared/domain/image'
import { libraryRoutes } from './routes'
import { LibraryBench } from './testing/bench'
import { writeDicom } from './testing/tiny-dicom'

let bench: LibraryBench
let app: Hono
beforeEach(() => {
  bench = new LibraryBench()
  app = libraryRoutes(bench.library, {
    database: bench.database,
    engine: bench.engine,
    dataFolder: bench.data,
  })
})
afterEach(() => bench.close())

const image = { instance: '1.2.3', rows: 4, columns: 6, number: 1, position: [0, 0, 0] }
const imageId = () => bench.database.prepare<[], number>('SELECT max(id) FROM images').pluck().get() ?? 0

describe('pixels', () => {
  it('are samples with their description, and are not sent again while they are the same', async () => {
    await bench.import(writeDicom(join(bench.inputs, 'a.dcm'), image))
    const answer = await app.request(routes.frame(imageId()))
    expect(answer.status).toBe(200)
    const info = frameInfo.parse(JSON.parse(answer.headers.get(FRAME_HEADER) ?? ''))
    expect(info).toMatchObject({
      rows: 4,
      columns: 6,
      samples: 1,
      type: 'uint16',
      photometric: 'MONOCHROME2',
    })
    expect((await answer.arrayBuffer()).byteLength).toBe(4 * 6 * 2)
    expect(answer.headers.get('cache-control')).toContain('private')

    const etag = answer.headers.get('etag') ?? ''
    const again = await app.request(routes.frame(imageId()), { headers: { 'if-none-match': etag } })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
  })

  it('have thumbnails that outlive their files', async () => {
    const path = writeDicom(join(bench.inputs, 'a.dcm'), image)
    await bench.import(path)
    const first = await app.request(routes.thumbnail(imageId()))
    expect(first.headers.get('content-type')).toMatch(/^image\//)
    const bytes = Buffer.from(await first.arrayBuffer())
    rmSync(path)
    const second = await app.request(routes.thumbnail(imageId()))
    expect(Buffer.from(await second.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('say what is wrong', async () => {
    const path = writeDicom(join(bench.inputs, 'a.dcm'), image)
    await bench.import(path)
    rmSync(path)
    const missing = await app.request(routes.frame(imageId()))
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'FILE_NOT_FOUND' }])
    const unknown = await app.request(routes.frame(4711))
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'NOT_FOUND' }])
    const absurd = await app.request('/pixels/frame/1e3')
    expect([absurd.status, await absurd.json()]).toMatchObject([422, { code: 'INPUT_INVALID' }])
  })
})

describe('uploads', () => {
  const send = (batch: string, path: string, body: Uint8Array<ArrayBuffer>) =>
    app.request(routes.upload(batch), {
      method: 'POST',
      body,
      headers: { [UPLOAD_PATH_HEADER]: encodeURIComponent(path) },
    })
  const dicom = (n: number) =>
    new Uint8Array(
      readFileSync(writeDicom(join(bench.folder, `${n}.dcm`), { ...image, instance: `1.2.${n}` })),
    )
  const finish = async (batch: string) => {
    const answer: unknown = await (await app.request(routes.finishUpload(batch), { method: 'POST' })).json()
    const jobId = answer && typeof answer === 'object' && 'jobId' in answer ? Number(answer.jobId) : 0
    return bench.jobs.settled(jobId)
  }

  it('become files of the library under the names they had', async () => {
    const bytes = dicom(1)
    expect(await (await send('b1', '胸部/a.dcm', bytes)).json()).toEqual({ token: 'b1', path: '胸部/a.dcm' })
    await send('b1', '胸部/noise.dcm', new Uint8Array(500).fill(9))
    const job = await finish('b1')
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 1 })
    const { path } = bench.library.imageSource(imageId())
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(path).toBe(join(bench.data, 'files', sha256.slice(0, 2), sha256))
    expect(existsSync(path)).toBe(true)
    expect(readdirSync(join(bench.data, 'uploads'))).toEqual([])
    const { items } = await bench.client.problems({ jobId: job.id })
    expect(items).toMatchObject([{ path: '胸部/noise.dcm', kind: 'unreadable' }])
    expect((await app.request(routes.frame(imageId()))).status).toBe(200)

    await send('b2', 'again.dcm', bytes)
    expect(await finish('b2')).toMatchObject({ done: 0, skipped: 1 })
    expect(existsSync(path)).toBe(true)
  })

  it.each([
    '../a',
    '/etc/a',
    'a/../../b',
    'C:\\a',
    'a\\b',
    'a//b',
    '',
    'a/\0',
    '.',
    'con?.dcm',
    `${'x'.repeat(300)}`,
  ])('refuse the path %j', async (path) => {
    const answer = await send('b1', path, dicom(1))
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'PATH_REFUSED' }])
  })

  it('refuse batches of other names, files sent twice or too large, and the end of nothing', async () => {
    expect((await send('..', 'a', dicom(1))).status).not.toBe(200)
    expect((await send('b 1', 'a', dicom(1))).status).toBe(422)
    expect((await send('b1', 'a', dicom(1))).status).toBe(200)
    expect((await send('b1', 'a', dicom(1))).status).toBe(422)
    const huge = await app.request(routes.upload('b1'), {
      method: 'POST',
      body: 'x',
      headers: { [UPLOAD_PATH_HEADER]: 'b', 'content-length': String(5 * 2 ** 30) },
    })
    expect(await huge.json()).toMatchObject({ code: 'INPUT_INVALID', expected: 'files of at most 4 GB' })
    expect((await app.request(routes.finishUpload('none'), { method: 'POST' })).status).toBe(404)
  })
})
