import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { decode } from 'fast-png'
import { z } from 'zod'
import { memorySource } from '#main/imaging/byte-source'
import { openNifti } from '#main/imaging/nifti/instance'
import { lepton } from '../fixtures/command'
import { root, sharedData, temporaryFolder } from '../fixtures/paths'

/** What the training code computed for this patient; see models/training/sts-mr-lesion. */
const reference = z.object({
  series: z.literal('STS_002'),
  slices: z.number(),
  maskPixels: z.array(z.number()),
  volumeMm3: z.number(),
  dice: z.number(),
})

const results = z.object({
  items: z.array(z.object({ path: z.string(), status: z.string(), mask: z.string().optional() })),
  lesions: z.array(z.object({ series_uid: z.string(), volume_mm3: z.number(), slices: z.array(z.number()) })),
})

const marked = (pixels: ArrayLike<number>) =>
  Array.from(pixels).reduce((sum, value) => sum + (value ? 1 : 0), 0)

test('a patient’s series gives the masks that the training code gave', async () => {
  const series = sharedData('sts-dicom/STS_002/MR_T1/image')
  const outline = sharedData('sts-mr/STS_002_mask.nii.gz')
  test.skip(series === null || outline === null, 'the shared test data is not here')
  const home = temporaryFolder('patient')
  const out = join(home, 'out')
  const ended = await lepton(['score', series ?? '', '--out', out, '--masks', '--data', join(home, 'data')])
  expect(ended.status, ended.stderr).toBe(0)

  const expected = reference.parse(
    JSON.parse(await readFile(join(root, 'models/training/sts-mr-lesion/reference.json'), 'utf8')),
  )
  const report = results.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')))
  expect(report.items).toHaveLength(expected.slices)
  const masks = await Promise.all(
    report.items.map(async ({ mask }) => decode(await readFile(join(out, mask ?? ''))).data),
  )
  const counts = masks.map(marked)
  for (const [slice, count] of counts.entries()) {
    const wanted = expected.maskPixels[slice] ?? -1
    expect(
      Math.abs(count - wanted),
      `slice ${slice}: ${count} pixels, ${wanted} in training`,
    ).toBeLessThanOrEqual(2)
  }
  const volume = report.lesions.reduce((sum, lesion) => sum + lesion.volume_mm3, 0)
  expect(volume / expected.volumeMm3).toBeCloseTo(1, 2)

  const truth = openNifti(memorySource(await readFile(outline ?? '')))
  let common = 0
  let both = 0
  for (const [slice, mask] of masks.entries()) {
    const { data } = await truth.frame(slice)
    for (const [at, value] of mask.entries()) {
      const tumour = (data[at] ?? 0) > 0
      common += value > 0 && tumour ? 1 : 0
      both += (value > 0 ? 1 : 0) + (tumour ? 1 : 0)
    }
  }
  truth.close()
  expect((2 * common) / both).toBeCloseTo(expected.dice, 2)
  await rm(home, { recursive: true, force: true })
})
