import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LibraryBench } from '../testing/bench'
import { writeDicom } from '../testing/tiny-dicom'
import { zipOf } from '../testing/zip'
import { sha256Of } from './file-hash'

let bench: LibraryBench
let at: (...names: string[]) => string
beforeEach(() => {
  bench = new LibraryBench()
  at = (...names) => join(bench.inputs, ...names)
})
afterEach(() => bench.close())

const slice = (n: number) => ({ instance: `1.2.1.1.${n}`, number: n, position: [0, 0, n * 3] })
const problemsOf = async (jobId: number) =>
  (await bench.client.problems({ jobId })).items.map(({ path, kind, code }) => [
    path.slice(bench.inputs.length + 1),
    kind,
    code,
  ])
const listed = () =>
  [...bench.library.imagesOf([bench.inputs])].map(({ path, outcome }) => [
    path.slice(bench.inputs.length + 1),
    outcome,
  ])
const imageOf = (...names: string[]) => [...bench.library.imagesOf([at(...names)])][0]?.image?.imageId ?? 0
/** Names of the stacks, each in order. */
const stacks = async () => {
  const { items } = await bench.client.studies({})
  const { series } = await bench.client.study({ studyId: items[0]?.id ?? 0 })
  const all: [string, string, string[]][] = []
  for (const { id, description, order } of series) {
    const images = await bench.client.seriesImages({ seriesId: id })
    all.push([description, order, images.map(({ name }) => name)])
  }
  return all
}
/** Other pixels under the same header and in the same size. */
const repaint = (path: string) => {
  const bytes = readFileSync(path)
  bytes.fill(9, bytes.length - 8)
  writeFileSync(path, bytes)
  utimesSync(path, 1, 1)
}
const predict = (imageId: number, sha256: string) => {
  bench.database.exec(`
    INSERT INTO jobs (id, kind, state, title, request, fingerprint, created_at) VALUES (900, 'score', 'done', '', '', '', '');
    INSERT INTO runs (id, job_id, model_id, model_version, model_sha256, provider, threshold, created_at)
      VALUES (1, 900, 'm', '1', '', 'cpu', 0.5, '');
    INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (1, ${imageId}, '${sha256}', 1.0, '');
    INSERT INTO thumbnails (image_id, type, bytes) VALUES (${imageId}, 'image/png', x'00');`)
}

describe('a known identifier with other bytes', () => {
  it('beside the first file is an image and a stack of its own, and says so', async () => {
    for (const n of [1, 2, 3]) writeDicom(at('good', `${n}.dcm`), slice(n))
    for (const name of ['2-cut.dcm', '2-shorter.dcm', '2-copy.dcm'])
      copyFileSync(at('good', '2.dcm'), at('good', name))
    truncateSync(at('good', '2-cut.dcm'), readFileSync(at('good', '2.dcm')).length - 8)
    truncateSync(at('good', '2-shorter.dcm'), readFileSync(at('good', '2.dcm')).length - 10)
    await bench.import(at('good', '1.dcm'), at('good', '2.dcm'), at('good', '3.dcm'))
    const job = await bench.import(bench.inputs)
    expect(job).toMatchObject({ state: 'done', done: 2, skipped: 4, failed: 0 })
    expect(await problemsOf(job.id)).toEqual(
      expect.arrayContaining([
        ['good/2-cut.dcm', 'other-version', 'OTHER_VERSION'],
        ['good/2-shorter.dcm', 'other-version', 'OTHER_VERSION'],
        ['good/2-copy.dcm', 'duplicate', 'DUPLICATE'],
      ]),
    )
    expect(await stacks()).toEqual([
      ['', 'position', ['1.dcm', '2.dcm', '3.dcm']],
      ['[good]', 'instance', ['2-cut.dcm']],
      ['[good]', 'instance', ['2-shorter.dcm']],
    ])
    expect(bench.library.imageSource(imageOf('good', '2-cut.dcm')).path).toBe(at('good', '2-cut.dcm'))
    expect(imageOf('good', '2-copy.dcm')).toBe(imageOf('good', '2.dcm'))
    bench.read.length = 0
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 0, skipped: 6 })
    expect(bench.read).toEqual([])
    expect((await bench.client.problems({})).items.map(({ kind }) => kind)).toContain('other-version')
  })

  it('in another folder forms a whole stack there, whatever the folders hold besides', async () => {
    const numbers = Array.from({ length: 70 }, (_, index) => index + 1)
    for (const n of numbers) {
      writeDicom(at('scan', `z${n}.dcm`), slice(n))
      appendFileSync(writeDicom(at('scan', 'again', `${n}.dcm`), slice(n)), Buffer.alloc(2))
    }
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 140, skipped: 0, failed: 0 })
    expect(await stacks()).toEqual([
      ['', 'position', numbers.map((n) => `z${n}.dcm`)],
      ['[again]', 'position', numbers.map((n) => `${n}.dcm`)],
    ])
  })

  it('is found out in archives and in the same size', async () => {
    writeDicom(at('a.dcm'), slice(1))
    const first = readFileSync(at('a.dcm'))
    repaint(at('a.dcm'))
    writeFileSync(
      at('b.zip'),
      zipOf([
        { name: 'first.dcm', bytes: first },
        { name: 'same.dcm', bytes: readFileSync(at('a.dcm')) },
      ]),
    )
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 2, skipped: 1, failed: 0 })
    expect(listed()).toEqual([
      ['a.dcm', 'image'],
      ['b.zip!/first.dcm', 'image'],
      ['b.zip!/same.dcm', 'duplicate'],
    ])
  })
})

describe('a file that was overwritten', () => {
  it('in the same size and with the same header loses thumbnail and predictions; one that was touched does not', async () => {
    for (const n of [1, 2]) writeDicom(at(`${n}.dcm`), slice(n))
    await bench.import(bench.inputs)
    const before = imageOf('1.dcm')
    predict(before, await sha256Of(at('1.dcm')))
    utimesSync(at('1.dcm'), 5, 5)
    await bench.import(bench.inputs)
    expect([imageOf('1.dcm'), bench.count('predictions'), bench.count('thumbnails')]).toEqual([before, 1, 1])
    repaint(at('1.dcm'))
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 1, skipped: 1, failed: 0 })
    expect(imageOf('1.dcm')).not.toBe(before)
    expect([bench.count('instances'), bench.count('predictions'), bench.count('thumbnails')]).toEqual([
      2, 0, 0,
    ])
    expect(await stacks()).toEqual([['', 'position', ['1.dcm', '2.dcm']]])
  })

  it('is drawn again even where nobody had computed its hash', async () => {
    writeDicom(at('1.dcm'), slice(1))
    await bench.import(bench.inputs)
    bench.database.exec(
      `INSERT INTO thumbnails (image_id, type, bytes) VALUES (${imageOf('1.dcm')}, 'image/png', x'00')`,
    )
    repaint(at('1.dcm'))
    await bench.import(bench.inputs)
    expect([bench.count('images'), bench.count('thumbnails')]).toEqual([1, 0])
  })

  it('leaves what was found in its former bytes to a copy of them', async () => {
    writeDicom(at('a', '1.dcm'), slice(1))
    mkdirSync(at('b'))
    copyFileSync(at('a', '1.dcm'), at('b', 'copy.dcm'))
    await bench.import(bench.inputs)
    const before = imageOf('a', '1.dcm')
    predict(before, await sha256Of(at('a', '1.dcm')))
    repaint(at('a', '1.dcm'))
    await bench.import(bench.inputs)
    expect(listed()).toEqual([
      ['a/1.dcm', 'image'],
      ['b/copy.dcm', 'image'],
    ])
    expect([imageOf('b', 'copy.dcm'), bench.count('predictions')]).toEqual([before, 1])
    expect(bench.library.imageSource(before).path).toBe(at('b', 'copy.dcm'))
    expect(imageOf('a', '1.dcm')).not.toBe(before)
  })

  it('with something unreadable is an image no more; one that is merely away still is', async () => {
    for (const n of [1, 2]) writeDicom(at(`${n}.dcm`), slice(n))
    await bench.import(bench.inputs)
    writeFileSync(at('1.dcm'), '')
    rmSync(at('2.dcm'))
    expect(await bench.import(bench.inputs, at('2.dcm'))).toMatchObject({ done: 0, failed: 1 })
    expect(listed()).toEqual([['1.dcm', 'unreadable']])
    expect(await stacks()).toEqual([['', 'instance', ['2.dcm']]])
  })

  it('in an archive is replaced, and its unpacked copy deleted', async () => {
    const member = (n: number) => readFileSync(writeDicom(join(bench.folder, 'scratch', `${n}`), slice(n)))
    writeFileSync(at('s.zip'), zipOf([{ name: '1.dcm', bytes: member(1) }]))
    await bench.import(bench.inputs)
    const before = bench.library.imageSource(imageOf('s.zip')).path
    repaint(join(bench.folder, 'scratch', '1'))
    writeFileSync(
      at('s.zip'),
      zipOf([{ name: '1.dcm', bytes: readFileSync(join(bench.folder, 'scratch', '1')) }]),
    )
    utimesSync(at('s.zip'), 7, 7)
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 1, skipped: 0, failed: 0 })
    expect(bench.count('instances')).toBe(1)
    expect(() => readFileSync(before)).toThrow(/ENOENT/)
    expect(readFileSync(bench.library.imageSource(imageOf('s.zip')).path).subarray(-8)).toEqual(
      Buffer.alloc(8, 9),
    )
  })
})
