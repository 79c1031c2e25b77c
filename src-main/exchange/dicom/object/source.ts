import { openFile } from '#main/imaging/byte-source'
import type { Dataset } from '#main/imaging/dicom/dataset'
import { parseObject } from '#main/imaging/dicom/parse'
import { LeptonError } from '#shared/domain/fault'
import { contentUid } from '../../content-id'
import type { ExportSeries, ImageIdentity } from '../../types'
import { type Attributes, short } from './attributes'
import { type Copied, fitting } from './fitting'

/** The images of a series, and what objects about them share with them. */
export interface SourceSeries {
  studyUid: string
  seriesUid: string
  seriesNumber: number
  modality: string
  frameOfReference: string | null
  /** Patient and study modules of the first image. */
  patientAndStudy: Attributes
  /** Body part, for objects that say where they lie. */
  bodyPart: Attributes
  /** Series UID of the key images of this series. */
  keyImageSeries: string
  /** The data set of the first image. */
  dataset: Dataset
}

/** Type 2: there, if only empty. */
const required: readonly Copied[] = [
  ['PatientName', 0x00100010, 'PN'],
  ['PatientID', 0x00100020, 'LO'],
  ['PatientBirthDate', 0x00100030, 'DA'],
  ['PatientSex', 0x00100040, 'CS'],
  ['StudyDate', 0x00080020, 'DA'],
  ['StudyTime', 0x00080030, 'TM'],
  ['ReferringPhysicianName', 0x00080090, 'PN'],
  ['StudyID', 0x00200010, 'SH'],
  ['AccessionNumber', 0x00080050, 'SH'],
]

const optional: readonly Copied[] = [
  ['IssuerOfPatientID', 0x00100021, 'LO'],
  ['PatientAge', 0x00101010, 'AS'],
  ['PatientSize', 0x00101020, 'DS'],
  ['PatientWeight', 0x00101030, 'DS'],
  ['StudyDescription', 0x00081030, 'LO'],
]

/** @throws INPUT_INVALID for images that are no DICOM, and as the reader does where the file is gone or broken */
export function sourceOf({ images }: ExportSeries): SourceSeries {
  const first = images[0]?.identity
  if (first?.format !== 'dicom' || first.instanceUid === null) throw noDicom(first)
  const { source } = openFile(first.source)
  try {
    return sourceSeries(parseObject(source).dataset, first)
  } finally {
    source.close()
  }
}

function sourceSeries(dataset: Dataset, first: ImageIdentity): SourceSeries {
  const studyUid = dataset.code(0x0020000d)
  const seriesUid = dataset.code(0x0020000e)
  if (studyUid === null || seriesUid === null) throw noDicom(first)
  const read = ([keyword, tag, vr]: Copied): [string, string] => [keyword, fitting(dataset, tag, vr)]
  const there = ([, value]: [string, string]) => value !== ''
  const deidentified = dataset.code(0x00120062) === 'YES' ? dataset.text(0x00120063) : null
  return {
    studyUid,
    seriesUid,
    seriesNumber: dataset.decimal(0x00200011) ?? 0,
    modality: dataset.code(0x00080060) ?? 'OT',
    frameOfReference: dataset.code(0x00200052),
    patientAndStudy: {
      StudyInstanceUID: studyUid,
      ...Object.fromEntries(required.map(read)),
      ...Object.fromEntries(optional.map(read).filter(there)),
      ...(deidentified === null
        ? {}
        : { PatientIdentityRemoved: 'YES', DeidentificationMethod: short(deidentified, 64) }),
    },
    bodyPart: Object.fromEntries([read(['BodyPartExamined', 0x00180015, 'CS'])].filter(there)),
    keyImageSeries: contentUid(`key images of ${seriesUid}`),
    dataset,
  }
}

const noDicom = (image: ImageIdentity | undefined) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'DICOM images with a Study, Series and SOP Instance UID',
    received: image ? `${image.path} (${image.format})` : 'a series without images',
    remedy: 'DICOM objects refer to DICOM images. Export pictures of other formats as COCO, NIfTI or PNG.',
  })

/** The instances of a series, each once, as Referenced Series Sequence (PS3.3, C.12.2). */
export function referencedSeries(seriesUid: string, images: readonly ImageIdentity[]): Attributes {
  const instances = new Map(images.map((image) => [image.instanceUid, referenceTo(image)]))
  return { SeriesInstanceUID: seriesUid, ReferencedInstanceSequence: [...instances.values()] }
}

/** SOP class and instance of an image. */
export function referenceTo({ sopClass, instanceUid }: ImageIdentity): Attributes {
  return { ReferencedSOPClassUID: sopClass ?? '', ReferencedSOPInstanceUID: instanceUid ?? '' }
}

/** The same with the frame of a multi-frame image, from 1. */
export function frameReference(image: ImageIdentity): Attributes {
  return {
    ...referenceTo(image),
    ...(image.frames > 1 ? { ReferencedFrameNumber: image.frame + 1 } : {}),
  }
}
