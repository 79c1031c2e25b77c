import { expect, it } from 'vitest'
import { greyFrame } from '#main/imaging/frames'
import { encodeRle } from '#shared/geometry/rle'
import { imageOf } from '../../formats/testing/sets'
import { plainLabel } from '../../source/label-of'
import type { ExportSeries } from '../../types'
import type { Segment } from '../seg/segments'
import { uptakeOf } from './uptake'

const mask = encodeRle([0, 1, 1, 0], 2, 2)

function measured(modality: string, unit: string | null) {
  const image = imageOf(1, [], { rows: 2, columns: 2 })
  const { identity } = image
  const size = { rows: 2, columns: 2 }
  const grey = greyFrame(size, Uint16Array.of(9, 2, 4, 9))
  const frame = { ...grey, slope: 0.5, intercept: 0.25, unit }
  const series: ExportSeries = {
    identity: {
      seriesId: 1,
      studyId: 1,
      subject: { kind: 'patient', key: '', label: '', name: null, sex: null, birthDate: null },
      study: { uid: null, date: null, description: '' },
      series: { uid: null, number: null, description: '', modality, bodyPart: null, volume: true },
    },
    images: [{ ...image, pixels: async () => frame }],
    tags: [],
  }
  const segment: Segment = {
    number: 1,
    objectId: 'one',
    label: plainLabel('lesion'),
    ordinal: 1,
    numbered: false,
    algorithm: { type: 'MANUAL' },
    annotations: [],
    slices: [{ image: identity, place: 0, mask }],
  }
  return uptakeOf(segment, series)
}

it('measures uptake under the mask', async () => {
  expect(await measured('PT', 'SUVbw')).toEqual({ mean: 1.75, maximum: 2.25 })
})

it('claims none where the images do not tell it', async () => {
  expect(await measured('PT', 'BQML')).toBeNull()
  expect(await measured('MR', null)).toBeNull()
})
