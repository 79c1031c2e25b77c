import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openInstance, readHeader } from '..'
import { temporaryFile } from '../testing/dicom-file'

const shorts = (little = true, count = 12) => {
  const bytes = Buffer.alloc(count * 2)
  for (let at = 0; at < count; at += 1)
    if (little) bytes.writeInt16LE(at * 100 - 300, at * 2)
    else bytes.writeInt16BE(at * 100 - 300, at * 2)
  return bytes
}

/** Header of 3 x 2 x 2 voxels; a value of null leaves a field out. */
function head(change: Record<string, string | null> = {}): Buffer {
  const fields: Record<string, string | null> = {
    type: 'short',
    dimension: '3',
    space: 'left-posterior-superior',
    sizes: '3 2 2',
    'space directions': '(0.5,0,0) (0,0.75,0) (0,0,4)',
    kinds: 'domain domain domain',
    endian: 'little',
    encoding: 'raw',
    'space origin': '(-10,-20,30)',
    ...change,
  }
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : `${name}: ${value}`))
  return Buffer.from(`NRRD0004\n# made for a test\n${lines.join('\n')}\nowner:=nobody\n\n`)
}
const file = (header: Buffer, data: Buffer) => temporaryFile('volume.nrrd', Buffer.concat([header, data]))

describe('NRRD', () => {
  test('slices are frames along the third axis, placed by space directions', async () => {
    const path = file(head(), shorts())
    const { header } = await readHeader(path)
    expect(header.format).toBe('nrrd')
    expect(header.instance).toMatchObject({ rows: 2, columns: 3, frames: 2, samples: 1, signed: true })
    expect(header.geometry[1]).toEqual({
      position: [-10, -20, 34],
      orientation: [1, 0, 0, 0, 1, 0],
      spacing: [0.75, 0.5],
      spacingSource: 'NRRD',
      thickness: 4,
    })
    const instance = await openInstance(path)
    expect([...(await instance.frame(1)).data]).toEqual([300, 400, 500, 600, 700, 800])
    await expect(instance.frame(2)).rejects.toMatchObject({ code: 'FRAME_OUT_OF_RANGE' })
    instance.close()
  })

  test('RAS and LAS spaces are turned', async () => {
    const ras = head({ space: 'right-anterior-superior' })
    expect((await readHeader(file(ras, shorts()))).header.geometry[0]).toMatchObject({
      position: [10, 20, 30],
      orientation: [-1, 0, 0, 0, -1, 0],
    })
    const las = head({ space: 'LAS' })
    expect((await readHeader(file(las, shorts()))).header.geometry[0]).toMatchObject({
      position: [-10, 20, 30],
      orientation: [1, 0, 0, 0, -1, 0],
    })
  })

  test('both byte orders, gzip, skipped bytes and lines give the same values', async () => {
    const values = [300, 400, 500, 600, 700, 800]
    const second = async (path: string) => [...(await (await openInstance(path)).frame(1)).data]
    expect(await second(file(head({ endian: 'big' }), shorts(false)))).toEqual(values)
    expect(await second(file(head({ encoding: 'gzip' }), gzipSync(shorts())))).toEqual(values)
    const before = Buffer.from('one line\nxyz')
    const skipped = head({ 'line skip': '1', 'byte skip': '3' })
    expect(await second(file(skipped, Buffer.concat([before, shorts()])))).toEqual(values)
    const atEnd = head({ 'byte skip': '-1' })
    expect(await second(file(atEnd, Buffer.concat([Buffer.alloc(77), shorts()])))).toEqual(values)
  })

  test('a header with its voxels in a file beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lepton-nrrd-'))
    const path = join(folder, 'volume.nhdr')
    writeFileSync(path, head({ encoding: 'gzip', 'data file': 'voxels.raw.gz' }))
    await expect(readHeader(path)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    writeFileSync(join(folder, 'voxels.raw.gz'), gzipSync(shorts()))
    const { sha256 } = await readHeader(path)
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const instance = await openInstance(path)
    expect([...(await instance.frame(0)).data]).toEqual([-300, -200, -100, 0, 100, 200])
    instance.close()
  })

  test.each(['../voxels.raw', '/etc/passwd', 'a/../../b.raw', '..', 'c:\\voxels.raw'])(
    'voxels are looked for beside the header only, not at %s',
    async (name) => {
      const path = temporaryFile('volume.nhdr', head({ 'data file': name }))
      await expect(readHeader(path)).rejects.toMatchObject({ code: 'PATH_REFUSED' })
    },
  )

  test('colours lie before the axes of the volume, volumes after them', async () => {
    const colours = head({
      type: 'uchar',
      dimension: '4',
      sizes: '3 3 2 2',
      endian: null,
      'space directions': 'none (0.5,0,0) (0,0.75,0) (0,0,4)',
      kinds: 'RGB-color domain domain domain',
    })
    const rgb = await openInstance(file(colours, Buffer.from(Array.from({ length: 36 }, (_, at) => at))))
    const frame = await rgb.frame(1)
    expect([frame.samples, frame.data[0], frame.data.length]).toEqual([3, 18, 18])
    const series = head({
      dimension: '4',
      sizes: '3 2 1 2',
      'space directions': '(0.5,0,0) (0,0.75,0) (0,0,4) none',
      kinds: 'domain domain domain list',
    })
    const { header } = await readHeader(file(series, shorts()))
    expect(header.instance.frames).toBe(2)
    expect(header.geometry.map(({ position }) => position?.[2])).toEqual([30, 30])
  })

  test.each([
    [{ type: 'block' }, 'type'],
    [{ encoding: 'bzip2' }, 'encoding'],
    [{ sizes: '3 2' }, 'sizes'],
    [{ sizes: '3 2 -2' }, 'sizes'],
    [{ endian: null }, 'endian'],
    [{ 'data file': 'LIST' }, 'file'],
  ])('%o is refused', async (change, expected) => {
    await expect(readHeader(file(head(change), shorts()))).rejects.toMatchObject({
      code: 'NRRD_INVALID',
      message: expect.stringContaining(expected),
    })
  })

  test('sizes beyond measure are refused before memory is taken', async () => {
    const vast = head({ sizes: '100000 100000 1000' })
    await expect(readHeader(file(vast, shorts()))).rejects.toMatchObject({ code: 'PIXELS_TOO_LARGE' })
    const many = head({ sizes: '20000 10000 100000', encoding: 'gzip' })
    await expect(readHeader(file(many, gzipSync(shorts())))).rejects.toMatchObject({
      code: 'PIXELS_TOO_LARGE',
    })
  })

  test('a volume that ends early is refused slice by slice', async () => {
    const short = await openInstance(file(head(), shorts(true, 7)))
    expect((await short.frame(0)).data.length).toBe(6)
    await expect(short.frame(1)).rejects.toMatchObject({ code: 'PIXELS_CORRUPT' })
  })

  test('lengths alone, where the space is not the patient’s', async () => {
    const bare = head({ space: null, 'space directions': null, 'space origin': null, spacings: '0.5 0.75 4' })
    expect((await readHeader(file(bare, shorts()))).header.geometry).toEqual([
      { position: null, orientation: null, spacing: [0.75, 0.5], spacingSource: 'NRRD', thickness: 4 },
    ])
  })
})
