import type { PixelStatement, Statement } from '#shared/domain/inspection'
import type { Dataset } from './dataset'
import type { ParsedObject } from './parse'
import { Tag } from './tags'

/** Component groups of a person name that were left empty. */
const EMPTY_GROUPS = /[=\s]+$/

/** The patient's name without empty component groups; null where there is none. */
export function patientName(dataset: Dataset): string | null {
  return dataset.text(Tag.PatientName)?.replace(EMPTY_GROUPS, '') || null
}

/** What an object states of itself, unchecked. */
export function readStatement({ dataset, statedSyntax }: ParsedObject): Statement {
  return {
    transferSyntax: statedSyntax ?? '',
    sopClass: dataset.code(Tag.SOPClassUID) ?? '',
    modality: dataset.code(Tag.Modality) ?? '',
    patientName: patientName(dataset) ?? '',
  }
}

/** The pixel description as it is stated, unchecked: `readPixelModule` is for use. */
export function readPixelStatement(object: ParsedObject): PixelStatement {
  const { dataset, syntax } = object
  return {
    ...readStatement(object),
    rows: dataset.short(Tag.Rows) ?? 0,
    columns: dataset.short(Tag.Columns) ?? 0,
    frames: Math.max(1, Math.trunc(dataset.decimal(Tag.NumberOfFrames) ?? 1)),
    samples: dataset.short(Tag.SamplesPerPixel) ?? 1,
    photometric: dataset.code(Tag.PhotometricInterpretation) ?? '',
    bitsAllocated: dataset.short(Tag.BitsAllocated) ?? 0,
    bitsStored: dataset.short(Tag.BitsStored) ?? 0,
    signed: dataset.short(Tag.PixelRepresentation) === 1,
    lossy: syntax.lossy,
  }
}
