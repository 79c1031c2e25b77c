import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { decode } from 'fast-png'
import { z } from 'zod'
import { makeSample, makeThighVolume, writeThigh } from '#main/samples'
import { lepton } from '../fixtures/command'
import { temporaryFolder } from '../fixtures/paths'

const results = z.object({
  model: z.string(),
  provider: z.string(),
  counts: z.object({ total: z.number(), scored: z.number(), skipped: z.number(), failed: z.number() }),
  items: z.array(
    z.object({
      path: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      status: z.literal('scored'),
      instance_uid: z.string(),
      findings: z.array(
        z.object({
          box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
          area_mm2: z.number(),
          lesion: z.number(),
        }),
      ),
    }),
  ),
  lesions: z.array(
    z.object({ id: z.number(), volume_ml: z.number(), slices: z.tuple([z.number(), z.number()]) }),
  ),
})

let home: string
let thigh: string

test.beforeAll(async () => {
  home = temporaryFolder('phantom')
  thigh = join(home, 'thigh')
  await makeSample('thigh', thigh)
})

test.afterAll(() => rm(home, { recursive: true, force: true }))

const score = (input: string, out: string, ...rest: string[]) =>
  lepton(['score', input, '--out', out, '--data', join(home, 'data'), ...rest])

test('the model that learned from patients finds the tumour of the phantom', async () => {
  const out = join(home, 'found')
  const ended = await score(thigh, out, '--masks')
  expect(ended.status, ended.stderr).toBe(0)

  const report = results.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')))
  expect(report.model).toMatch(/^sts-mr-lesion@/)
  expect(report.counts).toEqual({ total: 48, scored: 48, skipped: 0, failed: 0 })
  expect(new Set(report.items.map(({ instance_uid }) => instance_uid)).size).toBe(48)

  const truth = makeThighVolume()
  const { rows, columns } = truth
  const found = new Uint8Array(truth.mask.length)
  for (let slice = 0; slice < truth.slices; slice++) {
    const name = `IM${String(slice + 1).padStart(4, '0')}.dcm`
    const mask = decode(await readFile(join(out, 'masks', `${name}.png`)))
    expect([mask.width, mask.height, mask.depth, mask.channels]).toEqual([columns, rows, 8, 1])
    expect(mask.data.every((value) => value === 0 || value === 1)).toBe(true)
    found.set(mask.data, slice * rows * columns)
    const marked = mask.data.some((value) => value === 1)
    const item = report.items.find(({ path }) => path === join(thigh, name))
    expect((item?.findings.length ?? 0) > 0, name).toBe(marked)
  }

  expect(dice(found, truth.mask)).toBeGreaterThanOrEqual(0.6)
  const overTruth = report.lesions.filter(({ id }) =>
    report.items.some(({ path, findings }) => {
      const slice = Number(path.slice(-8, -4)) - 1
      return findings.some(
        ({ lesion, box }) => lesion === id && touches(box, truth.mask, slice * rows * columns, columns),
      )
    }),
  )
  expect(overTruth.length).toBeGreaterThanOrEqual(1)
  expect(report.lesions.length - overTruth.length).toBeLessThanOrEqual(1)
  const voxels = found.reduce((sum, value) => sum + value, 0)
  const marked = (voxels * truth.pixel ** 2 * truth.spacing) / 1000
  const reported = report.lesions.reduce((sum, { volume_ml }) => sum + volume_ml, 0)
  expect(Math.abs(reported / marked - 1)).toBeLessThan(0.001)
})

test('the model leaves a healthy thigh nearly alone', async () => {
  const healthy = join(home, 'healthy')
  await writeThigh(healthy, { seed: 10, tumour: null })
  const ended = await score(healthy, join(home, 'healthy-out'))
  expect(ended.status, ended.stderr).toBe(0)
  const report = results.parse(JSON.parse(await readFile(join(home, 'healthy-out', 'results.json'), 'utf8')))
  expect(report.counts.scored).toBe(48)
  expect(report.lesions.length).toBeLessThanOrEqual(1)
})

test('a missing path stops the command before anything is written', async () => {
  const out = join(home, 'missing')
  const ended = await score(join(home, 'nowhere'), out)
  expect(ended.status).toBe(1)
  expect(ended.stderr).toContain('FILE_NOT_FOUND')
  expect(ended.stderr).toContain(join(home, 'nowhere'))
})

test('a folder without any file, or with hidden ones alone, could not be scored, and says so', async () => {
  const empty = join(home, 'empty')
  await mkdir(empty)
  for (const rest of [[], ['--json']]) {
    const ended = await score(empty, join(home, 'none'), ...rest)
    expect(ended.status).toBe(1)
    expect(ended.stdout).toBe('')
    expect(ended.stderr).toContain('INPUT_INVALID')
    expect(ended.stderr).toContain(`no file in ${empty}`)
    await writeFile(join(empty, '.DS_Store'), 'hidden')
  }
  expect(await readdir(join(home, 'none'))).toEqual([])
})

test('broken files are listed one by one and do not stop the rest', async () => {
  const mixed = join(home, 'mixed')
  const out = join(home, 'mixed-out')
  await mkdir(mixed)
  const slices = (await readdir(thigh)).sort().slice(20, 24)
  for (const name of slices) await writeFile(join(mixed, name), await readFile(join(thigh, name)))
  await truncate(join(mixed, slices[3] ?? ''), 60_000)
  await writeFile(join(mixed, 'note.dcm'), 'This is a text file.')
  await writeFile(join(mixed, 'nothing.dcm'), '')

  const ended = await score(mixed, out)
  expect(ended.status).toBe(2)
  const failures = (await readFile(join(out, 'failures.csv'), 'utf8')).trim().split('\n').slice(1)
  const codes = Object.fromEntries(
    failures.map((line) => line.split(',')).map(([path = '', code = '']) => [path, code]),
  )
  expect(codes).toEqual({
    [join(mixed, slices[3] ?? '')]: 'PIXELS_CORRUPT',
    [join(mixed, 'note.dcm')]: 'FORMAT_UNKNOWN',
    [join(mixed, 'nothing.dcm')]: 'FILE_EMPTY',
  })
  const counts = z.object({ counts: results.shape.counts })
  const report = counts.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')))
  expect(report.counts).toEqual({ total: 6, scored: 3, skipped: 0, failed: 3 })
})

function dice(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    both += x * y
    either += x + y
  }
  return (2 * both) / either
}

/** Whether any voxel of the truth lies in a box of the slice that begins at `start`. */
function touches([x, y, width, height]: readonly number[], mask: Uint8Array, start: number, columns: number) {
  const [left = 0, top = 0, wide = 0, tall = 0] = [x, y, width, height]
  for (let row = top; row < top + tall; row++) {
    for (let column = left; column < left + wide; column++) {
      if (mask[start + row * columns + column] === 1) return true
    }
  }
  return false
}
