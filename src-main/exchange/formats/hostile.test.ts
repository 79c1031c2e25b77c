import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { encode } from 'fast-png'
import { afterAll, describe, expect, it } from 'vitest'
import { mutated } from '#main/engine/testing/fuzz/mutations'
import { randomStream } from '#main/samples/random'
import { faultOf } from '#shared/domain/fault'
import type { Format } from '../types'
import { plainFormats } from './index'
import { annotationOf, forget, imageOf, readFileOf, writeSet } from './testing/sets'

const folder = mkdtempSync(join(tmpdir(), 'lepton-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ROUNDS = 60
const image = imageOf(1, [
  annotationOf('a', { kind: 'box', box: [10, 10, 20, 20], angle: 0 }),
  annotationOf('b', { kind: 'mask', mask: { rows: 60, columns: 80, runs: [100, 50, 4650] } }),
])
const labels = /\.(json|xml|ya?ml|csv|parquet)$/

/** What a reader says of a file: the codes of what it could not read. */
async function codesOf(format: Format, path: string): Promise<string[]> {
  try {
    return (await readFileOf(format, path, [image])).failures.map((line) =>
      line.slice(line.lastIndexOf(' ') + 1),
    )
  } catch (error) {
    return [faultOf(error).code]
  }
}

describe('damaged files of annotations give annotations or coded reasons', () => {
  it.each(plainFormats.filter(({ read }) => read).map((format) => [format.id, format] as const))(
    '%s',
    async (_, format) => {
      const written = await writeSet(format, [image])
      const file = written.files.find((name) => labels.test(name))
      if (!file) throw new Error(`no labels in ${written.files.join(', ')}`)
      const path = join(written.folder, file)
      const whole = readFileSync(path)
      for (let round = 0; round < ROUNDS; round++) {
        const { bytes, how } = mutated(whole, randomStream(20261122, round))
        writeFileSync(path, bytes)
        expect(await codesOf(format, path), `round ${round}: ${how.join(', ')}`).not.toContain('INTERNAL')
      }
      forget(written)
    },
  )
})

describe('damaged label images give annotations or coded reasons', () => {
  const volume = [1, 2].map((id) =>
    imageOf(id, image.annotations, {
      ordinal: id - 1,
      geometry: {
        position: [0, 0, id],
        orientation: [1, 0, 0, 0, 1, 0],
        spacing: [1, 1],
        spacingSource: 'PixelSpacing',
        thickness: 1,
      },
    }),
  )
  it.each([
    ['png', [image], 'masks.json', 'instances/1.png'],
    ['nnunet', [image], 'Dataset001_trial/dataset.json', 'Dataset001_trial/labelsTr/1.png'],
    ['nnunet', volume, 'Dataset001_trial/dataset.json', 'Dataset001_trial/labelsTr/Store_1.nii.gz'],
  ] as const)('%s %#', async (id, images, head, file) => {
    const format = plainFormats.find((one) => one.id === id)
    if (!format) throw new Error(`no format ${id}`)
    const written = await writeSet(format, images, { volume: images.length > 1 })
    const path = join(written.folder, file)
    const whole = readFileSync(path)
    for (let round = 0; round < ROUNDS; round++) {
      const { bytes, how } = mutated(whole, randomStream(20261123, round))
      writeFileSync(path, bytes)
      const codes = await codesOf(format, join(written.folder, head))
      expect(codes, `round ${round}: ${how.join(', ')}`).not.toContain('INTERNAL')
    }
    // both unfold without end
    writeFileSync(path, file.endsWith('.gz') ? gzipSync(Buffer.alloc(2 ** 26)) : pngBomb())
    expect(await codesOf(format, join(written.folder, head))).toHaveLength(1)
    forget(written)
  })
})

it('a mask of LabelMe that unfolds without end is refused before it is unfolded', async () => {
  const shape = {
    label: 'x',
    shape_type: 'mask',
    points: [
      [0, 0],
      [4, 4],
    ],
    mask: pngBomb().toString('base64'),
  }
  const path = join(folder, 'bomb.json')
  writeFileSync(path, JSON.stringify({ shapes: [shape], imagePath: '1.jpg' }))
  const labelMe = plainFormats.find(({ id }) => id === 'labelme')
  expect(labelMe && (await codesOf(labelMe, path))).toEqual(['INPUT_INVALID'])
})

/** A PNG of 4 x 4 pixels whose pixel data unfold to 64 MB. */
function pngBomb(): Buffer {
  const png = Buffer.from(encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) }))
  const at = png.indexOf('IDAT') - 4
  const data = deflateSync(Buffer.alloc(2 ** 26))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([png.subarray(0, at), length, Buffer.from('IDAT'), data, Buffer.alloc(4)])
}
