import { expect, test } from 'vitest'
import type { SeriesCard } from '#shared/contract/library'
import { likest } from './compare'

const card = (id: number, of: Partial<SeriesCard>): SeriesCard => ({
  id,
  studyId: 1,
  number: id,
  description: '',
  modality: 'MR',
  bodyPart: null,
  imageCount: 20,
  coverImageId: null,
  order: 'position',
  scored: false,
  lesionCount: 0,
  ...of,
})

test('a prior is compared by modality, then name, then size', () => {
  const open = card(1, { description: 'T1', imageCount: 40 })
  const ct = card(2, { modality: 'CT', description: 'T1', imageCount: 40 })
  const other = card(3, { description: 'T2', imageCount: 38 })
  const scout = card(4, { description: 'T2', imageCount: 3 })
  const same = card(5, { description: 'T1', imageCount: 10 })
  expect(likest(open, [ct, scout, other, same])).toBe(same)
  expect(likest(open, [ct, scout, other])).toBe(other)
  expect(likest(open, [ct])).toBe(ct)
  expect(likest(open, [])).toBeNull()
})
