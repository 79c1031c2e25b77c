import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LibraryBench } from '../testing/bench'
import { writeDicom } from '../testing/tiny-dicom'
import { zipOf } from '../testing/zip'

let bench: LibraryBench
beforeEach(() => {
  bench = new LibraryBench()
})
afterEach(() => bench.close())

const at = (name: string) => join(bench.inputs, name)
const slice = (n: number) =>
  readFileSync(writeDicom(join(bench.folder, 'scratch', `${n}`), { instance: `1.2.1.1.${n}`, number: n }))
const kept = () =>
  readdirSync(bench.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('library.sqlite'))
    .map(({ name }) => name)

async function outcomeOf(archive: Buffer) {
  writeFileSync(at('hostile.zip'), archive)
  const job = await bench.import(bench.inputs)
  const codes = (await bench.client.problems({ jobId: job.id })).items.map(({ code }) => code)
  return { job, codes }
}

describe('names of members', () => {
  it.each(['..\\..\\evil.dcm', 'a/../../evil.dcm', '\\evil.dcm', 'C:\\evil.dcm', 'C:evil.dcm', '/evil.dcm'])(
    '%j leads out and refuses the archive',
    async (name) => {
      const { job, codes } = await outcomeOf(zipOf([{ name, bytes: slice(1) }]))
      expect(job).toMatchObject({ state: 'done', done: 0, failed: 1 })
      expect(codes).toEqual(['ARCHIVE_UNSAFE'])
      expect(kept()).toEqual([])
    },
  )

  it.each([
    'a\0.dcm',
    'CON',
    'aux.dcm',
    'file.dcm:hidden',
    'x. ',
    `${'n'.repeat(60_000)}.dcm`,
    '<img src=x>',
  ])('a member is never stored under its name: %j', async (name) => {
    const { job } = await outcomeOf(zipOf([{ name: name.slice(0, 60_000), bytes: slice(1) }]))
    expect(job).toMatchObject({ state: 'done', done: 1, failed: 0 })
    expect(kept()).toHaveLength(1)
    expect(kept()[0]).toMatch(/^[0-9a-f]{64}(\.\w+)?$/)
  })

  it('a link is read as the text it holds, and leads nowhere', async () => {
    writeFileSync(join(bench.folder, 'secret'), slice(9))
    const link = { name: 'link.dcm', bytes: Buffer.from(join(bench.folder, 'secret')) }
    const { job, codes } = await outcomeOf(zipOf([{ ...link, claimed: { attributes: 0xa1ff0000 } }]))
    expect(job).toMatchObject({ done: 0, failed: 1 })
    expect(codes).toEqual(['FORMAT_UNKNOWN'])
    expect(bench.count('images')).toBe(0)
  })
})

describe('archives that unfold without end', () => {
  it('an archive within an archive is not opened', async () => {
    let inner = zipOf([{ name: 'a.dcm', bytes: slice(1) }])
    for (let depth = 0; depth < 20; depth++) inner = zipOf([{ name: `${depth}.zip`, bytes: inner }])
    const { job } = await outcomeOf(inner)
    expect(job).toMatchObject({ state: 'done', done: 0 })
    expect(kept()).toEqual([])
  })

  it('a member that unfolds to more than it says is given up', async () => {
    const bytes = Buffer.alloc(64 * 2 ** 20)
    const { job, codes } = await outcomeOf(
      zipOf([
        { name: 'bomb.dcm', bytes, claimed: { uncompressedSize: 100 } },
        { name: 'good.dcm', bytes: slice(1) },
      ]),
    )
    expect(job).toMatchObject({ done: 1, failed: 1 })
    expect(codes).toEqual(['ARCHIVE_INVALID'])
    expect(kept()).toHaveLength(1)
  })

  it('members that share their bytes are refused', async () => {
    const honest = zipOf([{ name: 'a.dcm', bytes: Buffer.alloc(2 ** 20, 'noise that repeats') }])
    const end = honest.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    const entry = honest.subarray(honest.readUInt32LE(end + 16), end)
    const copies = 5000
    const tail = Buffer.from(honest.subarray(end))
    tail.writeUInt16LE(copies, 8)
    tail.writeUInt16LE(copies, 10)
    tail.writeUInt32LE(entry.length * copies, 12)
    const overlapping = Buffer.concat([
      honest.subarray(0, honest.length - tail.length - entry.length),
      ...Array.from({ length: copies }, () => entry),
      tail,
    ])
    expect((await outcomeOf(overlapping)).codes).toEqual(['ARCHIVE_UNSAFE'])
    expect(kept()).toEqual([])
  })

  it('a directory that promises more members than there are is refused', async () => {
    const archive = zipOf([{ name: 'a.dcm', bytes: slice(1) }])
    archive.writeUInt16LE(0xfffe, archive.length - 12)
    archive.writeUInt16LE(0xfffe, archive.length - 14)
    expect((await outcomeOf(archive)).codes).toEqual(['ARCHIVE_INVALID'])
  })
})

it('names a program in front of an image, and takes the image in', async () => {
  const bytes = slice(1)
  const marked = bytes.toString('latin1', 128, 132) === 'DICM'
  expect(marked).toBe(true)
  bytes.write('MZ', 'latin1')
  writeFileSync(at('program.dcm'), bytes)
  const job = await bench.import(bench.inputs)
  expect(job).toMatchObject({ done: 1, failed: 0 })
  const { items } = await bench.client.problems({ jobId: job.id })
  expect(items).toMatchObject([{ kind: 'disguised', code: 'DISGUISED_FILE' }])
  expect(existsSync(at('program.dcm'))).toBe(true)
})
