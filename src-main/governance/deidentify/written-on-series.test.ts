import { expect, test } from 'vitest'
import { LeptonError } from '#shared/domain/fault'
import type { Instance } from './inputs'
import { WrittenOnSeries } from './written-on-series'

const file = (id: number, seriesId: number, modality: string): Instance => ({
  id,
  seriesId,
  modality,
  path: `${modality}-${id}`,
  imageId: id,
  sizeBytes: 1,
  rows: 1,
  columns: 1,
  frames: 1,
  samples: 1,
  bitsStored: 16,
  sopClass: '1.2.840.10008.5.1.4.1.1.2',
  description: '',
})

test('a series is asked once, by its first file, unless its kind says enough', async () => {
  const asked: string[] = []
  const engine = {
    burnedIn: async (path: string) => {
      asked.push(path)
      if (path === 'MR-5') throw new LeptonError('DICOM_INVALID')
      return { likely: path === 'CT-2', boxes: [] }
    },
  }
  const files = [file(1, 1, 'US'), file(2, 2, 'CT'), file(3, 2, 'CT'), file(4, 3, 'MR'), file(5, 4, 'MR')]
  const series = new WrittenOnSeries(engine)
  const found = (await series.among(files)).map(({ id }) => id)
  expect(found).toEqual([1, 2, 3])
  expect((await series.among(files)).map(({ id }) => id)).toEqual(found)
  expect(asked.sort()).toEqual(['CT-2', 'MR-4', 'MR-5'])
})
