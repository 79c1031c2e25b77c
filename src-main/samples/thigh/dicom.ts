/// <reference path="../../dcmjs.d.ts" />
import { uidFor } from '../uid'
import { sliceHeight, type ThighOptions, thighGrid } from './options'

const mrImageStorage = '1.2.840.10008.5.1.4.1.1.4'
const explicitLittleEndian = '1.2.840.10008.1.2.1'
/** Where the axis of the right thigh meets the middle slice, in the patient's coordinates (LPS, mm). */
const axis = { x: -95, y: 5, z: -420 }
const remark = 'Synthetic phantom made by Lepton Studio; not a patient'

/** Which slice of which repetition of a phantom a file holds. */
export interface SlicePlace {
  slice: number
  /** Repetition of the acquisition, from 0. */
  stream: number
}

/** Writes one slice as a DICOM Part 10 file: MR Image Storage, explicit VR little endian. */
export type EncodeSlice = (stored: Uint16Array, place: SlicePlace) => Uint8Array

/** Loads the DICOM writer, which is too big for the start of the app, and binds it to one phantom. */
export async function sliceEncoder(options: ThighOptions): Promise<EncodeSlice> {
  const { data } = await import('dcmjs')
  const identity = JSON.stringify(options)
  return (stored, place) => {
    const instance = uidFor(`${identity} series ${place.stream} instance ${place.slice}`)
    const file = new data.DicomDict(
      data.DicomMetaDictionary.denaturalizeDataset({
        FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
        MediaStorageSOPClassUID: mrImageStorage,
        MediaStorageSOPInstanceUID: instance,
        TransferSyntaxUID: explicitLittleEndian,
        ImplementationClassUID: uidFor('implementation'),
        ImplementationVersionName: 'LEPTON_PHANTOM',
      }),
    )
    file.dict = data.DicomMetaDictionary.denaturalizeDataset({
      ...subject(identity),
      ...acquisition(options),
      SOPInstanceUID: instance,
      SeriesInstanceUID: uidFor(`${identity} series ${place.stream}`),
      SeriesNumber: place.stream + 1,
      InstanceNumber: place.slice + 1,
      ...plane(options, place.slice),
      ...pixels(options, stored),
    })
    return new Uint8Array(file.write())
  }
}

/** Patient, study and frame of reference. */
function subject(identity: string) {
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    PatientName: 'Phantom^Thigh',
    PatientID: 'PHANTOM-THIGH',
    PatientBirthDate: '',
    PatientSex: 'O',
    QualityControlSubject: 'YES',
    StudyInstanceUID: uidFor(`${identity} study`),
    StudyID: 'PHANTOM',
    StudyDate: '20260101',
    StudyTime: '120000',
    StudyDescription: 'Thigh phantom',
    AccessionNumber: '',
    ReferringPhysicianName: '',
    FrameOfReferenceUID: uidFor(`${identity} frame of reference`),
    PositionReferenceIndicator: '',
  }
}

/** Series, equipment and the MR acquisition that the signal imitates. */
function acquisition(options: ThighOptions) {
  const { spacing } = thighGrid(options)
  return {
    SOPClassUID: mrImageStorage,
    Modality: 'MR',
    SeriesDescription: 'T1 axial (phantom)',
    SeriesDate: '20260101',
    SeriesTime: '120000',
    Laterality: 'R',
    BodyPartExamined: 'THIGH',
    PatientPosition: 'HFS',
    Manufacturer: 'Lepton Studio',
    ManufacturerModelName: 'Thigh phantom',
    SoftwareVersions: '1',
    ImageType: ['DERIVED', 'SECONDARY', 'OTHER'],
    ImageComments: remark,
    BurnedInAnnotation: 'NO',
    LossyImageCompression: '00',
    ScanningSequence: 'SE',
    SequenceVariant: 'NONE',
    ScanOptions: '',
    MRAcquisitionType: '2D',
    RepetitionTime: 550,
    EchoTime: 12,
    EchoTrainLength: 1,
    SliceThickness: spacing,
    SpacingBetweenSlices: spacing,
  }
}

/** Where the slice lies; the first pixel is the right anterior corner. */
function plane(options: ThighOptions, slice: number) {
  const { pixel } = thighGrid(options)
  const height = sliceHeight(options, slice)
  const corner = [
    axis.x - ((options.columns - 1) / 2) * pixel,
    axis.y - ((options.rows - 1) / 2) * pixel,
    axis.z + height,
  ]
  return {
    ImagePositionPatient: corner.map((value) => Number(value.toFixed(4))),
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    SliceLocation: Number(height.toFixed(4)),
    PixelSpacing: [pixel, pixel],
  }
}

function pixels(options: ThighOptions, stored: Uint16Array) {
  const bytes = Uint8Array.from(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength))
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: options.rows,
    Columns: options.columns,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    WindowCenter: 520,
    WindowWidth: 1040,
    PixelData: bytes.buffer,
    _vrMap: { PixelData: 'OW' },
  }
}
