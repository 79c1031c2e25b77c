import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
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

it('a mask of LabelMe that unfolds without end is refused before it is unfolded', async () => {
  const png = Buffer.from(encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) }))
  const at = png.indexOf('IDAT') - 4
  const data = deflateSync(Buffer.alloc(2 ** 26))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const bomb = Buffer.concat([png.subarray(0, at), length, Buffer.from('IDAT'), data, Buffer.alloc(4)])
  const shape = {
    label: 'x',
    shape_type: 'mask',
    points: [
      [0, 0],
      [4, 4],
    ],
    mask: bomb.toString('base64'),
  }
  const path = join(folder, 'bomb.json')
  writeFileSync(path, JSON.stringify({ shapes: [shape], imagePath: '1.jpg' }))
  const labelMe = plainFormats.find(({ id }) => id === 'labelme')
  expect(labelMe && (await codesOf(labelMe, path))).toEqual(['INPUT_INVALID'])
})
