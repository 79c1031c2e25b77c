import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sharedData } from '#main/testing/shared-data'
import { LibraryBench } from './testing/bench'

const dicom = sharedData('sts-dicom') ?? ''
const corpus = sharedData('dicom-corpus') ?? ''

let bench: LibraryBench
beforeEach(() => {
  bench = new LibraryBench()
})
afterEach(() => bench.close())

describe.skipIf(!dicom)('a folder of real DICOM', () => {
  it('becomes patients, studies and stacks in order; structure sets are left out, not failed', async () => {
    const job = await bench.import(dicom)
    expect(job).toMatchObject({ state: 'done', total: 333, done: 325, skipped: 8, failed: 0, fault: null })
    expect(await bench.client.overview()).toMatchObject({
      studies: 4,
      images: 325,
      unscored: 4,
      unreadable: 0,
    })

    const { total, items } = await bench.client.studies({ sort: 'subject' })
    expect(total).toBe(4)
    expect(items.map(({ subject }) => subject)).toEqual(['STS_002', 'STS_008', 'STS_025', 'STS_042'])
    expect(items[0]).toMatchObject({
      modalities: ['CT', 'MR'],
      seriesCount: 2,
      imageCount: 83,
      scored: false,
    })

    const { series } = await bench.client.study({ studyId: items[0]?.id ?? 0 })
    const mr = series.find(({ modality }) => modality === 'MR')
    expect(mr).toMatchObject({ imageCount: 35, order: 'position' })
    const images = await bench.client.seriesImages({ seriesId: mr?.id ?? 0 })
    const heights = images.map(({ geometry }) => geometry?.position?.[2] ?? Number.NaN)
    expect(heights).toEqual([...heights].sort((left, right) => left - right))
    expect(images.map(({ ordinal }) => ordinal)).toEqual(images.map((_, index) => index))
    expect(mr?.coverImageId).toBe(images[17]?.id)

    const header = await bench.client.header({ imageId: images[0]?.id ?? 0 })
    expect(header).toMatchObject({ format: 'dicom', series: { modality: 'MR' } })
    expect(header.geometry).toHaveLength(1)
    const { items: problems } = await bench.client.problems({ jobId: job.id })
    expect(new Set(problems.map(({ kind, code }) => `${kind} ${code}`))).toEqual(
      new Set(['left-out DICOM_NO_PIXELS']),
    )
  })

  it('finds, filters and pages', async () => {
    await bench.import(dicom)
    const { studies } = bench.client
    expect(await studies({ filter: { search: 'sts_04' } })).toMatchObject({ total: 1 })
    expect(await studies({ filter: { search: 'ibsi' } })).toMatchObject({ total: 4 })
    expect(await studies({ filter: { modality: 'MR', findings: 'unscored' } })).toMatchObject({ total: 4 })
    expect(await studies({ filter: { modality: 'US' } })).toEqual({ total: 0, items: [] })
    expect(await studies({ filter: { findings: 'with' } })).toMatchObject({ total: 0 })
    const all = (await studies({})).items.map(({ id }) => id)
    const second = await studies({ offset: 1, limit: 2 })
    expect(second).toMatchObject({ total: 4, items: all.slice(1, 3).map((id) => ({ id })) })
    expect((await studies({ sort: 'oldest' })).items.map(({ id }) => id)).toEqual(all.toReversed())
  })
})

it.skipIf(!corpus)('lives through a folder of difficult and broken files and lists every one', async () => {
  const job = await bench.import(corpus)
  expect(job.state).toBe('done')
  expect(job.done + job.skipped + job.failed).toBe(job.total)
  const items = [...bench.library.imagesOf([corpus])]
  expect(new Set(items.map(({ path }) => path)).size).toBe(job.total)
  const problems = await bench.client.problems({ jobId: job.id, limit: 500 })
  const remarks = problems.items.filter(({ kind }) => kind === 'other-version').length
  expect(problems.total - remarks).toBe(job.skipped + job.failed)
  for (const item of items)
    expect(item.image === null || item.fault?.code === 'DUPLICATE').toBe(item.fault !== null)
})
