import type { Dataset } from '#main/imaging/dicom/dataset'
import { Tag } from '#main/imaging/dicom/tags'

const BURNED_IN = 0x00280301
const IMAGE_TYPE = 0x00080008
const CONVERSION_TYPE = 0x00080064

/** Modalities whose pictures carry text as a rule: ultrasound, endoscopy, photographs, captured and scanned pages. */
const WRITTEN_ON = new Set(['US', 'IVUS', 'ES', 'XC', 'GM', 'OP', 'OT', 'SC', 'DOC', 'DMS', 'ECG', 'HC'])
/** Secondary capture in all its forms (PS3.4, B.5). */
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
const HEAD =
  /head|brain|skull|face|facial|neuro|cereb|orbit|sinus|schädel|kopf|gehirn|hirn|crâne|cráneo|头|脑|颅|面部|頭|脳/i
const SLICED = new Set(['CT', 'MR', 'PT'])

/** Whether an object says that text is burned into its pixels, or is of a kind that often has some. */
export function burnedInText(dataset: Dataset): 'stated' | 'likely' | 'unlikely' {
  if (dataset.code(BURNED_IN) === 'YES') return 'stated'
  const modality = dataset.code(Tag.Modality) ?? ''
  const type = dataset.codes(IMAGE_TYPE).join(' ').toUpperCase()
  const captured =
    dataset.code(Tag.SOPClassUID)?.startsWith(SECONDARY_CAPTURE) === true || dataset.has(CONVERSION_TYPE)
  const coloured = (dataset.short(Tag.SamplesPerPixel) ?? 1) > 1 || (dataset.short(Tag.BitsStored) ?? 16) <= 8
  const drawn = SLICED.has(modality) && coloured
  const screen = /SCREEN|DOSE|REPORT|PROT\b/.test(type)
  return captured || drawn || screen || WRITTEN_ON.has(modality) ? 'likely' : 'unlikely'
}

/** Whether slices of a head may be drawn as a face. */
export function showsFace(dataset: Dataset): boolean {
  if (!SLICED.has(dataset.code(Tag.Modality) ?? '')) return false
  const texts = [Tag.BodyPartExamined, Tag.StudyDescription, Tag.SeriesDescription, Tag.ProtocolName]
  return texts.some((tag) => HEAD.test(dataset.text(tag) ?? ''))
}

/** Whether planes of overlays lie in unused bits of the pixels (retired, but met). */
export function hasOverlayBits({ elements }: Dataset): boolean {
  return [...elements.keys()].some((tag) => {
    const overlay = tag >= 0x60000000 && tag < 0x61000000 && tag % 0x10000 === 0x0102
    return overlay && !elements.has(tag - 0x0102 + 0x3000)
  })
}
