import { type Fault, LeptonError } from '#shared/domain/fault'
import type { Photometric } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** What an image says of itself, as far as a choice of model needs it. */
export interface ImageFacts {
  /** DICOM Modality; null where the format states none. */
  modality: string | null
  photometric: Photometric
  samples: number
  bodyPart: string | null
}

/** `stated`: only what the image says itself counts. `asked`: a person chose the model, so silence is consent. */
export type Fitting = 'stated' | 'asked'

/** Why a model is not made for an image; null if it is. */
export function misfit(
  manifest: Pick<ModelManifest, 'fits'>,
  image: ImageFacts,
  fitting: Fitting,
): Fault | null {
  const { fits } = manifest
  return (
    modalityMisfit(fits, image.modality, fitting) ??
    listMisfit('photometric interpretation', fits.photometric, image.photometric) ??
    colourMisfit(fits.colour, image) ??
    (image.bodyPart === null
      ? null
      : listMisfit('body part', upper(fits.bodyParts), image.bodyPart.toUpperCase()))
  )
}

function modalityMisfit(
  fits: ModelManifest['fits'],
  modality: string | null,
  fitting: Fitting,
): Fault | null {
  if (modality !== null) {
    return fits.domain === 'retail'
      ? reason('a photograph', `modality ${modality}`)
      : listMisfit('modality', fits.modalities, modality)
  }
  if (fitting === 'asked' || fits.modalities.includes('PHOTO')) return null
  if (fits.domain !== 'medical') return listMisfit('modality', fits.modalities, 'PHOTO')
  return reason(`modality ${fits.modalities.join(', ')}`, 'an image that states no modality')
}

function colourMisfit(wanted: ModelManifest['fits']['colour'], image: ImageFacts): Fault | null {
  const colour = image.samples >= 3 || image.photometric === 'PALETTE COLOR' ? 'colour' : 'grey'
  return wanted === 'any' || wanted === colour ? null : reason(`a ${wanted} image`, `a ${colour} image`)
}

function listMisfit(what: string, wanted: readonly string[], came: string): Fault | null {
  if (wanted.length === 0 || wanted.includes(came)) return null
  return reason(`${what} ${wanted.join(', ')}`, came)
}

const upper = (texts: readonly string[]) => texts.map((text) => text.toUpperCase())

function reason(expected: string, received: string): Fault {
  return new LeptonError('MODEL_DOES_NOT_FIT', { expected, received }).toFault()
}
