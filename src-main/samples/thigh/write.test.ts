import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openInstance, readHeader } from '#main/imaging'
import { makeThighVolume } from './volume'
import { writeThigh } from './write'

const options = { slices: 5, rows: 48, columns: 64, series: 2 }
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thigh-'))
  await writeThigh(folder, options)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function headers(series: string) {
  const names = (await readdir(join(folder, series))).sort()
  return Promise.all(names.map(async (name) => (await readHeader(join(folder, series, name))).header))
}

it('writes slices that our reader puts in order from the feet upwards', async () => {
  const { pixel, spacing } = makeThighVolume({ ...options, slices: 1 })
  const slices = await headers('series-0001')
  expect(slices.map(({ instance }) => instance.number)).toEqual([1, 2, 3, 4, 5])
  const heights = slices.map(({ geometry }) => geometry[0]?.position?.[2] ?? Number.NaN)
  heights.slice(1).forEach((height, i) => {
    expect(height - (heights[i] ?? Number.NaN)).toBeCloseTo(4, 3)
  })
  expect(spacing).toBe(4)
  for (const { geometry, instance } of slices) {
    expect(geometry[0]?.orientation).toEqual([1, 0, 0, 0, 1, 0])
    expect(geometry[0]?.spacing).toEqual([pixel, pixel])
    expect(geometry[0]?.thickness).toBe(4)
    expect([instance.rows, instance.columns, instance.photometric]).toEqual([48, 64, 'MONOCHROME2'])
  }
})

it('says that it is a phantom of one person, in one study, as often as there are series', async () => {
  const [first, second] = [await headers('series-0001'), await headers('series-0002')]
  const all = [...first, ...second]
  expect(new Set(all.map(({ subject }) => subject.id))).toEqual(new Set(['PHANTOM-THIGH']))
  expect(first[0]?.subject.name).toMatch(/Phantom/)
  expect(first[0]?.series).toMatchObject({
    modality: 'MR',
    bodyPart: 'THIGH',
    description: 'T1 axial (phantom)',
  })
  expect(new Set(all.map(({ study }) => study.uid)).size).toBe(1)
  expect(new Set(all.map(({ series }) => series.uid)).size).toBe(2)
  const instances = all.map(({ instance }) => instance.uid ?? '')
  expect(new Set(instances).size).toBe(10)
  for (const uid of instances) expect(uid).toMatch(/^2\.25\.[1-9]\d{1,38}$/)
})

it('writes the very pixels of the volume', async () => {
  const { data } = makeThighVolume(options)
  const file = await openInstance(join(folder, 'series-0001', 'IM0003.dcm'))
  try {
    const frame = await file.frame(0)
    expect(Array.from(frame.data)).toEqual(Array.from(data.subarray(2 * 48 * 64, 3 * 48 * 64)))
  } finally {
    file.close()
  }
})
