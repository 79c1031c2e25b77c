import { describe, expect, it } from 'vitest'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { type ImageFacts, misfit } from './fits'

const fits = (change: Partial<ModelManifest['fits']> = {}): Pick<ModelManifest, 'fits'> => ({
  fits: {
    domain: 'medical',
    modalities: ['MR'],
    photometric: ['MONOCHROME1', 'MONOCHROME2'],
    colour: 'grey',
    bodyParts: [],
    ...change,
  },
})
const slice: ImageFacts = { modality: 'MR', photometric: 'MONOCHROME2', samples: 1, bodyPart: 'THIGH' }

describe('a model for MR', () => {
  it('is made for MR and not for CT, with the reason', () => {
    expect(misfit(fits(), slice, 'stated')).toBeNull()
    expect(misfit(fits(), { ...slice, modality: 'CT' }, 'asked')).toMatchObject({
      code: 'MODEL_DOES_NOT_FIT',
      expected: 'modality MR',
      received: 'CT',
    })
  })

  it('takes an image that states no modality only when a person asks for it', () => {
    const silent = { ...slice, modality: null }
    expect(misfit(fits(), silent, 'asked')).toBeNull()
    expect(misfit(fits(), silent, 'stated')?.received).toContain('no modality')
  })

  it('does not take colour, nor a palette that looks like one grey sample', () => {
    expect(misfit(fits(), { ...slice, photometric: 'RGB', samples: 3 }, 'asked')).not.toBeNull()
    const palette = { ...slice, photometric: 'PALETTE COLOR', samples: 1 } as const
    expect(misfit(fits({ photometric: [] }), palette, 'asked')?.expected).toBe('a grey image')
  })

  it('minds the body part only where both sides name one', () => {
    const knees = fits({ bodyParts: ['knee'] })
    expect(misfit(knees, slice, 'stated')?.received).toBe('THIGH')
    expect(misfit(knees, { ...slice, bodyPart: 'Knee' }, 'stated')).toBeNull()
    expect(misfit(knees, { ...slice, bodyPart: null }, 'stated')).toBeNull()
  })
})

describe('a model for photographs', () => {
  const retail = fits({ domain: 'retail', modalities: [], photometric: ['RGB'], colour: 'colour' })
  const photograph: ImageFacts = { modality: null, photometric: 'RGB', samples: 3, bodyPart: null }

  it('takes photographs by itself and no scans', () => {
    expect(misfit(retail, photograph, 'stated')).toBeNull()
    expect(misfit(retail, { ...photograph, modality: 'ES' }, 'asked')).not.toBeNull()
  })
})
