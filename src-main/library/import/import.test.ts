import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LibraryBench } from '../testing/bench'
import { writeDicom } from '../testing/tiny-dicom'
import { zipOf } from '../testing/zip'

let bench: LibraryBench
let at: (...names: string[]) => string
beforeEach(() => {
  bench = new LibraryBench()
  at = (...names) => join(bench.inputs, ...names)
})
afterEach(() => bench.close())

const slice = (n: number) => ({ instance: `1.2.1.1.${n}`, number: n, position: [0, 0, n * 3] })
const png = (shade: number) =>
  Buffer.from(encode({ width: 3, height: 2, channels: 1, data: new Uint8Array(6).fill(shade) }))
const problemsOf = async (jobId: number) =>
  (await bench.client.problems({ jobId })).items.map(({ path, kind, code }) => [
    path.slice(bench.inputs.length + 1),
    kind,
    code,
  ])
const listed = (...paths: string[]) =>
  [...bench.library.imagesOf(paths)].map(({ path, outcome, image }) => [
    path.slice(bench.inputs.length + 1),
    outcome,
    image === null ? null : image.frame,
  ])

describe('import', () => {
  it('lists what it cannot take in and goes on', async () => {
    writeDicom(at('study', 'a'), slice(1))
    writeFileSync(at('study', 'empty.dcm'), '')
    writeFileSync(at('study', 'noise.dcm'), Buffer.alloc(3000, 7))
    writeFileSync(at('study', 'notes.txt'), 'not a picture, and nobody says so')
    writeFileSync(at('study', '.DS_Store'), 'clutter')
    mkdirSync(at('study', '__MACOSX'))
    writeFileSync(at('study', '__MACOSX', '._a'), 'clutter')
    const job = await bench.import(at('missing'), at('study'))
    expect(job).toMatchObject({ state: 'done', total: 5, done: 1, skipped: 1, failed: 3 })
    expect((await problemsOf(job.id)).sort()).toEqual([
      ['missing', 'unreadable', 'FILE_NOT_FOUND'],
      ['study/empty.dcm', 'unreadable', 'FILE_EMPTY'],
      ['study/noise.dcm', 'unreadable', 'FORMAT_UNKNOWN'],
      ['study/notes.txt', 'left-out', 'FORMAT_UNKNOWN'],
    ])
    expect(listed(at('study'), at('missing'))).toEqual([
      ['study/a', 'image', 0],
      ['study/empty.dcm', 'unreadable', null],
      ['study/noise.dcm', 'unreadable', null],
      ['study/notes.txt', 'left-out', null],
      ['missing', 'unreadable', null],
    ])
    expect((await bench.client.overview()).unreadable).toBe(2)
  })

  it('takes links once and never opens pipes', async () => {
    writeDicom(at('real', 'a.dcm'), slice(1))
    symlinkSync(at('real'), at('real', 'loop'))
    symlinkSync(at('nowhere'), at('real', 'z-dangling.dcm'))
    symlinkSync(at('real', 'a.dcm'), at('real', 'b-link.dcm'))
    const job = await bench.import(at('real'))
    expect(job).toMatchObject({ state: 'done', done: 1, skipped: 1, failed: 1 })
    expect(await problemsOf(job.id)).toContainEqual(['real/b-link.dcm', 'duplicate', 'DUPLICATE'])
  })

  it('reports the second copy of an object and still lists it under its own path', async () => {
    writeDicom(at('one', 'a.dcm'), slice(1))
    mkdirSync(at('two'))
    copyFileSync(at('one', 'a.dcm'), at('two', 'copy.dcm'))
    await bench.import(at('one'))
    const job = await bench.import(at('two'))
    expect(job).toMatchObject({ done: 0, skipped: 1, failed: 0 })
    expect(await problemsOf(job.id)).toEqual([['two/copy.dcm', 'duplicate', 'DUPLICATE']])
    expect(bench.count('images')).toBe(1)
    expect(listed(at('two'))).toEqual([['two/copy.dcm', 'duplicate', 0]])
    expect(listed(at('one'))).toEqual([['one/a.dcm', 'image', 0]])
  })

  it('does not read again what it knows, and reads what changed', async () => {
    for (const n of [1, 2, 3]) writeDicom(at(`${n}.dcm`), slice(n))
    await bench.import(bench.inputs)
    bench.read.length = 0
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 0, skipped: 3, failed: 0 })
    expect(bench.read).toEqual([])

    writeDicom(at('2.dcm'), { ...slice(9), rows: 8 })
    utimesSync(at('2.dcm'), 1, 1)
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 1, skipped: 2 })
    expect(bench.read).toEqual([at('2.dcm')])
    expect(bench.count('instances')).toBe(3)
    expect(listed(bench.inputs).map(([path]) => path)).toEqual(['1.dcm', '2.dcm', '3.dcm'])
  })

  it('keeps predictions of a file that was only touched, and finds a moved folder again', async () => {
    writeDicom(at('old', 'a.dcm'), slice(1))
    await bench.import(bench.inputs)
    const [before] = bench.library.imagesOf([bench.inputs])
    utimesSync(at('old', 'a.dcm'), 5, 5)
    await bench.import(bench.inputs)
    renameSync(at('old'), at('new'))
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 1, skipped: 0, failed: 0 })
    const [after] = bench.library.imagesOf([bench.inputs])
    expect(after).toMatchObject({ path: at('new', 'a.dcm'), outcome: 'image', image: before?.image })
    expect(bench.library.imageSource(after?.image?.imageId ?? 0).path).toBe(at('new', 'a.dcm'))
  })

  it('puts slices that come later in their place', async () => {
    for (const n of [1, 5]) writeDicom(at('first', `${n}.dcm`), slice(n))
    for (const n of [3, 2, 9]) writeDicom(at('later', `${n}.dcm`), slice(n))
    await bench.import(at('first'))
    await bench.import(at('later'))
    const { items } = await bench.client.studies({})
    const { series } = await bench.client.study({ studyId: items[0]?.id ?? 0 })
    expect(series).toMatchObject([{ imageCount: 5, order: 'position' }])
    const images = await bench.client.seriesImages({ seriesId: series[0]?.id ?? 0 })
    expect(images.map(({ name }) => name)).toEqual(['1.dcm', '2.dcm', '3.dcm', '5.dcm', '9.dcm'])
    expect(images.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4])
  })

  it('splits a localizer into stacks of one geometry and keeps loops apart', async () => {
    const planes = [
      [1, 0, 0, 0, 1, 0],
      [1, 0, 0, 0, 0, -1],
      [0, 1, 0, 0, 0, -1],
    ]
    for (const [plane, orientation] of planes.entries()) {
      for (const n of [1, 2]) {
        writeDicom(at(`${plane}-${n}.dcm`), { ...slice(plane * 10 + n), orientation, position: [n, n, n] })
      }
    }
    writeDicom(at('wide.dcm'), { ...slice(77), columns: 9 })
    writeDicom(at('loop-1.dcm'), { ...slice(78), frames: 3 })
    writeDicom(at('loop-2.dcm'), { ...slice(79), frames: 2 })
    await bench.import(bench.inputs)
    const { items } = await bench.client.studies({})
    expect(items).toMatchObject([{ seriesCount: 6, imageCount: 12 }])
    const { series } = await bench.client.study({ studyId: items[0]?.id ?? 0 })
    expect(series.map(({ imageCount }) => imageCount).sort()).toEqual([1, 2, 2, 2, 2, 3])
    expect(listed(at('loop-1.dcm'))).toEqual([0, 1, 2].map((frame) => ['loop-1.dcm', 'image', frame]))
  })

  it('keeps photographs of a folder together as an audit of a store', async () => {
    for (const [folder, name, shade] of [
      ['Market', 'a10.png', 1],
      ['Market', 'a9.png', 2],
      ['Kiosk', 'a.png', 3],
    ] as const) {
      mkdirSync(at(folder), { recursive: true })
      writeFileSync(at(folder, name), png(shade))
    }
    writeFileSync(at('Kiosk', 'again.png'), png(3))
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 3, skipped: 1, failed: 0 })
    const { items } = await bench.client.studies({ filter: { modality: 'PHOTO' }, sort: 'subject' })
    expect(items).toMatchObject([
      { subject: 'Kiosk', kind: 'audit', imageCount: 1 },
      { subject: 'Market', kind: 'audit', imageCount: 2, modalities: ['PHOTO'] },
    ])
    const { series } = await bench.client.study({ studyId: items[1]?.id ?? 0 })
    const images = await bench.client.seriesImages({ seriesId: series[0]?.id ?? 0 })
    expect(images.map(({ name }) => name)).toEqual(['a9.png', 'a10.png'])
  })

  it('goes on after a cancel without reading anything twice', async () => {
    for (let n = 0; n < 700; n += 1) writeDicom(at(`${n}.dcm`), slice(n))
    const { jobId } = await bench.client.import({ paths: [bench.inputs] })
    bench.beforeRead = () => {
      if (bench.read.length === 400) bench.jobs.cancel(jobId)
    }
    expect((await bench.jobs.settled(jobId)).state).toBe('cancelled')
    const kept = bench.count('files')
    expect(kept).toBeGreaterThan(0)
    bench.read.length = 0
    bench.beforeRead = () => {}
    bench.jobs.resume(jobId)
    const job = await bench.jobs.settled(jobId)
    expect(job).toMatchObject({ state: 'done', total: 700, done: 700, skipped: 0, failed: 0 })
    expect(bench.read).toHaveLength(700 - kept)
    expect(bench.count('images')).toBe(700)
    expect((await bench.client.problems({ jobId })).total).toBe(0)
  })

  it('fails as a whole only where nothing can go on', async () => {
    writeDicom(at('a.dcm'), slice(1))
    bench.database.exec("CREATE TRIGGER full BEFORE INSERT ON instances BEGIN SELECT raise(ABORT, 'no'); END")
    expect(await bench.import(bench.inputs)).toMatchObject({ state: 'failed', fault: { code: 'INTERNAL' } })
  })

  it.skipIf(process.getuid?.() === 0)('lists a folder that may not be read', async () => {
    mkdirSync(at('locked'), { mode: 0 })
    const job = await bench.import(bench.inputs)
    chmodSync(at('locked'), 0o700)
    expect(await problemsOf(job.id)).toEqual([['locked', 'unreadable', 'FILE_UNREADABLE']])
  })
})

describe('archives', () => {
  const member = (n: number, name = `study/${n}.dcm`) => ({
    name,
    bytes: readFileSync(writeDicom(join(bench.folder, 'scratch', `${n}`), slice(n))),
  })
  const ownFiles = () =>
    readdirSync(join(bench.data, 'files'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )

  it('are unpacked into the library and known by content', async () => {
    const members = [
      member(1),
      member(2),
      { name: 'readme.txt', bytes: Buffer.from('hello') },
      { name: '.x', bytes: png(1) },
    ]
    writeFileSync(at('study.zip'), zipOf(members))
    writeFileSync(at('other.name'), zipOf([member(2, 'again.dcm'), member(3)]))
    const job = await bench.import(bench.inputs)
    expect(job).toMatchObject({ state: 'done', done: 3, skipped: 2, failed: 0 })
    expect(listed(bench.inputs)).toEqual([
      ['other.name!/again.dcm', 'duplicate', 0],
      ['other.name!/study/3.dcm', 'image', 0],
      ['study.zip!/readme.txt', 'left-out', null],
      ['study.zip!/study/1.dcm', 'image', 0],
      ['study.zip!/study/2.dcm', 'image', 0],
    ])
    expect(ownFiles()).toHaveLength(3)
    rmSync(at('study.zip'))
    const [first] = await bench.client.seriesImages({ seriesId: 1 })
    expect(existsSync(bench.library.imageSource(first?.id ?? 0).path)).toBe(true)
  })

  it('are not opened again while they are known, and are once their studies were removed', async () => {
    writeFileSync(at('study.zip'), zipOf([member(1), member(2)]))
    await bench.import(bench.inputs)
    bench.read.length = 0
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 0, skipped: 2 })
    expect(bench.read).toEqual([])
    const { items } = await bench.client.studies({})
    expect(await bench.client.remove({ studyIds: items.map(({ id }) => id) })).toEqual({ removed: 1 })
    await expect.poll(ownFiles).toEqual([])
    expect([bench.count('subjects'), bench.count('images'), bench.count('study_search')]).toEqual([0, 0, 0])
    expect(await bench.import(bench.inputs)).toMatchObject({ done: 2, skipped: 0 })
  })

  it.each([
    ['names that climb out', () => [{ ...member(1), name: '../../evil.dcm' }], 'ARCHIVE_UNSAFE'],
    ['absolute names', () => [{ ...member(1), name: '/etc/evil.dcm' }], 'ARCHIVE_UNSAFE'],
    ['a password', () => [{ ...member(1), claimed: { flags: 1 } }], 'ARCHIVE_ENCRYPTED'],
    [
      'contents out of proportion',
      () => [{ ...member(1), claimed: { uncompressedSize: 600 * 2 ** 20 } }],
      'ARCHIVE_UNSAFE',
    ],
  ])('with %s are refused as a whole', async (_, members, code) => {
    writeFileSync(at('bad.zip'), zipOf([...members(), member(2)]))
    writeDicom(at('good.dcm'), slice(7))
    const job = await bench.import(bench.inputs)
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 1 })
    expect(await problemsOf(job.id)).toEqual([['bad.zip', 'unreadable', code]])
    expect(ownFiles()).toEqual([])
  })

  it('with a damaged member lose only that member', async () => {
    writeFileSync(at('part.zip'), zipOf([{ ...member(1), claimed: { crc: 1 } }, member(2)]))
    const job = await bench.import(bench.inputs)
    expect(job).toMatchObject({ done: 1, failed: 1 })
    expect(await problemsOf(job.id)).toEqual([['part.zip!/study/1.dcm', 'unreadable', 'ARCHIVE_INVALID']])
  })

  it('that are cut short are listed', async () => {
    const whole = zipOf([member(1)])
    writeFileSync(at('cut.zip'), whole.subarray(0, whole.length - 30))
    expect(await problemsOf((await bench.import(bench.inputs)).id)).toEqual([
      ['cut.zip', 'unreadable', 'ARCHIVE_INVALID'],
    ])
  })
})
