import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Rle } from '#shared/domain/finding'
import { areaOfRle } from '#shared/geometry/rle'
import { trackingUid } from './seg/segment-item'
import { disc, ExchangeBench, phantom } from './testing/bench'
import { errorsOf } from './testing/dciodvfy'

const python = process.env.LEPTON_CHECKS_PYTHON ?? 'python3'
const runs = spawnSync(python, ['-c', 'import highdicom, numpy, pydicom']).status === 0
if (!runs) {
  console.warn(
    'Not run: reading DICOM objects with pydicom and highdicom. Install e2e/checks/requirements.txt and name that Python in LEPTON_CHECKS_PYTHON.',
  )
}

const script = resolve(import.meta.dirname, '../../../e2e/checks/dicom_objects.py')
let bench: ExchangeBench

beforeEach(async () => {
  bench = await new ExchangeBench().open()
})

afterEach(() => bench.close())

function checked(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(python, [script, ...args], { encoding: 'utf8' })
  const failed = stdout.split('\n').filter((line) => line.startsWith('FAIL'))
  expect({ status, failed, stderr: status === 0 ? '' : stderr }).toEqual({
    status: 0,
    failed: [],
    stderr: '',
  })
  expect(stdout).toContain('ok')
}

const uidOf = (imageId: number | null) => bench.library.library.header(imageId ?? 0).instance.uid ?? ''

it.runIf(runs)('writes what pydicom and highdicom read to the pixel', { timeout: 120_000 }, async () => {
  const run = bench.propose(disc(18, 17, 7), [1, 2, 3])
  bench.draw({ kind: 'mask', mask: disc(20, 16, 5) }, { at: 2 })
  const cyst = randomUUID()
  for (const at of [3, 5])
    bench.draw({ kind: 'mask', mask: disc(8, 9, at) }, { at, label: 'cyst', objectId: cyst })
  const masks = bench.said()
  bench.draw({ kind: 'box', box: [4, 5, 10, 8], angle: 15 }, { at: 1 })
  bench.draw({ kind: 'point', point: [7.5, 8.25] }, { at: 3 })
  bench.draw(
    {
      kind: 'line',
      points: [
        [1, 1],
        [11, 1],
      ],
    },
    { at: 3 },
  )
  bench.draw({ kind: 'tag' }, { at: 4 })
  const { problems, files } = await bench.export('seg', 'seg-fractional', 'sr', 'sc')
  expect(problems).toEqual([])
  for (const file of files) expect(errorsOf(file) ?? []).toEqual([])
  const header = bench.library.library.header(bench.imageIds[0] ?? 0)
  const pixel = header.geometry[0]?.spacing?.[0] ?? 0
  const objects = [...Map.groupBy(masks, ({ objectId }) => objectId)]
  const code = (label: string) => ['SCT', label === 'cyst' ? '367643001' : '52988006']
  writeFileSync(
    join(bench.out, 'expected.json'),
    JSON.stringify({
      ...phantom,
      patient: ['Phantom^Thigh', 'PHANTOM-THIGH'],
      study: header.study.uid,
      instances: bench.imageIds.map(uidOf),
      spacing: [4, pixel, pixel].map((value) => Math.round(value * 1000) / 1000),
      segments: objects.map(([objectId, own]) => ({
        label: own[0]?.label,
        code: code(own[0]?.label ?? ''),
        algorithm: own[0]?.origin ? 'AUTOMATIC' : 'MANUAL',
        trackingUid: trackingUid(objectId),
        slices: Object.fromEntries(own.map((one) => [uidOf(one.imageId), maskIn(one).runs])),
        volume: own.reduce((sum, one) => sum + areaOfRle(maskIn(one)), 0) * pixel * pixel * 4,
      })),
      probability: Object.fromEntries(run.map(({ at, bytes }) => [uidOf(bench.imageIds[at] ?? 0), bytes])),
      planar: 2,
      others: 2,
      lengths: [Math.round(10 * pixel * 1000) / 1000],
      keyImages: 4,
    }),
  )
  checked('read', bench.out)
})

it.runIf(runs)('reads the objects of another author', { timeout: 120_000 }, async () => {
  const out = join(bench.library.folder, 'others')
  mkdirSync(out)
  checked('write', bench.library.inputs, out)
  const expected = z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.array(z.number()))))
    .parse(JSON.parse(readFileSync(join(out, 'expected.json'), 'utf8')))
  for (const [name, labels] of Object.entries(expected)) {
    const { problems } = await bench.import(join(out, name))
    expect(problems).toEqual([])
    const found = Object.groupBy(bench.said(), ({ label }) => label)
    const slices = Object.entries(found).map(([label, own = []]) => [
      label,
      Object.fromEntries(own.map((one) => [uidOf(one.imageId), maskIn(one).runs])),
    ])
    expect([name, Object.fromEntries(slices)]).toEqual([name, labels])
    bench.undoAll('Grace Hopper')
  }
  const { problems } = await bench.import(join(out, 'report.dcm'))
  expect(problems).toEqual([])
  expect(bench.said()).toMatchObject([
    {
      imageId: bench.imageIds[2],
      label: 'lesion',
      reader: 'Other Author',
      shape: { kind: 'box', box: [4, 5, 10, 8], angle: 0 },
      note: 'Area: 80 mm2',
    },
    {
      imageId: bench.imageIds[4],
      label: 'cyst',
      shape: { kind: 'point', point: [expect.closeTo(7, 3), expect.closeTo(8, 3)] },
    },
  ])
})

function maskIn({ shape }: Annotation): Rle {
  if (shape.kind !== 'mask') throw new Error('a mask was drawn')
  return shape.mask
}
