import type { InstanceHeader } from '#shared/domain/image'
import type { Dataset } from './dataset'
import { readRescale, readVoi } from './display'
import { readGeometry } from './geometry'
import type { ParsedObject } from './parse'
import { readPixelModule } from './pixel-module'
import { patientName } from './statement'
import { readSuv } from './suv'
import { Tag } from './tags'

/** The header the library keeps of a DICOM object. Throws as `readPixelModule` does. */
export function dicomHeader(object: ParsedObject): InstanceHeader {
  const { dataset, syntax } = object
  const { rows, columns, frames, samples, photometric, ...pixel } = readPixelModule(object)
  const firstFrame = dataset.item(Tag.PerFrameFunctionalGroupsSequence)
  return {
    format: 'dicom',
    subject: {
      id: dataset.text(Tag.PatientID),
      name: patientName(dataset),
      sex: dataset.code(Tag.PatientSex),
      birthDate: isoDate(dataset.code(Tag.PatientBirthDate)),
      age: dataset.code(Tag.PatientAge),
    },
    study: {
      uid: dataset.code(Tag.StudyInstanceUID),
      id: dataset.text(Tag.StudyID),
      date: isoDate(
        dataset.code(Tag.StudyDate) ?? dataset.code(Tag.SeriesDate) ?? dataset.code(Tag.AcquisitionDate),
      ),
      time: isoTime(dataset.code(Tag.StudyTime)),
      description: dataset.text(Tag.StudyDescription),
      accession: dataset.text(Tag.AccessionNumber),
      institution: dataset.text(Tag.InstitutionName),
    },
    series: {
      uid: dataset.code(Tag.SeriesInstanceUID),
      number: dataset.decimal(Tag.SeriesNumber),
      description: dataset.text(Tag.SeriesDescription),
      modality: dataset.code(Tag.Modality),
      bodyPart: dataset.code(Tag.BodyPartExamined),
      manufacturer: dataset.text(Tag.Manufacturer),
      device: dataset.text(Tag.ManufacturerModelName),
      frameOfReference: dataset.code(Tag.FrameOfReferenceUID),
    },
    instance: {
      uid: dataset.code(Tag.SOPInstanceUID),
      sopClass: dataset.code(Tag.SOPClassUID),
      number: dataset.decimal(Tag.InstanceNumber),
      transferSyntax: syntax.uid,
      rows,
      columns,
      frames,
      samples,
      photometric,
      bitsAllocated: pixel.bitsAllocated,
      bitsStored: pixel.bitsStored,
      signed: pixel.signed,
      lossy: syntax.lossy || dataset.code(Tag.LossyImageCompression) === '01',
      rescale: readRescale(dataset, firstFrame),
      ...readVoi(dataset, firstFrame),
      exifOrientation: 1,
    },
    geometry: readGeometry(object, frames),
    acquisition: readAcquisition(dataset),
    suv: readSuv(dataset),
  }
}

/** Facts for the corners of the viewer, by the names radiographers use; units in the comments of PS3.6. */
const acquisitionFacts: [name: string, tag: number][] = [
  ['TR', Tag.RepetitionTime],
  ['TE', Tag.EchoTime],
  ['TI', Tag.InversionTime],
  ['FA', Tag.FlipAngle],
  ['T', Tag.MagneticFieldStrength],
  ['kV', Tag.KVP],
  ['mA', Tag.XRayTubeCurrent],
  ['mAs', Tag.Exposure],
  ['ms', Tag.ExposureTime],
  ['kernel', Tag.ConvolutionKernel],
  ['contrast', Tag.ContrastBolusAgent],
  ['protocol', Tag.ProtocolName],
  ['location', Tag.SliceLocation],
  ['laterality', Tag.Laterality],
]

function readAcquisition(dataset: Dataset): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const [name, tag] of acquisitionFacts) {
    const value = dataset.text(tag)
    if (value !== null) facts[name] = value
  }
  return facts
}

/** `YYYYMMDD`, or `YYYY.MM.DD` as before 1993, as an ISO date. */
function isoDate(value: string | null): string | null {
  const [, year, month, day] = value?.match(/^(\d{4})\.?(\d\d)\.?(\d\d)/) ?? []
  const valid = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  return valid ? `${year}-${month}-${day}` : null
}

/** `HHMMSS.FFFFFF`, with colons as before 1993, or shorter, as `HH:MM:SS`. */
function isoTime(value: string | null): string | null {
  const [, hours, minutes = '00', seconds = '00'] = value?.match(/^(\d\d):?(\d\d)?:?(\d\d)?/) ?? []
  return hours === undefined ? null : `${hours}:${minutes}:${seconds}`
}
