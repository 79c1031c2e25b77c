import { z } from 'zod'
import { suvScale } from '../pixels/suv'

/** File formats the library reads, known by content and never by extension. */
export const imageFormat = z.enum(['dicom', 'nifti', 'nrrd', 'png', 'jpeg', 'tiff', 'webp'])
export type ImageFormat = z.infer<typeof imageFormat>

const triple = z.tuple([z.number(), z.number(), z.number()])
const sextuple = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()])

/** Which tag a pixel spacing was read from; `none` where lengths cannot be told in millimetres. */
export const spacingSource = z.enum([
  'PixelSpacing',
  'ImagerPixelSpacing',
  'NominalScannedPixelSpacing',
  'UltrasoundRegion',
  'NIfTI',
  'NRRD',
  'none',
])

/** Where one frame lies in the patient (LPS, millimetres). */
export const frameGeometry = z.object({
  /** Centre of the first transmitted pixel (Image Position, Patient). */
  position: triple.nullable(),
  /** Direction cosines of the row, then of the column (Image Orientation, Patient). */
  orientation: sextuple.nullable(),
  /** Distance between rows, then between columns, in millimetres. */
  spacing: z.tuple([z.number(), z.number()]).nullable(),
  spacingSource: spacingSource,
  /** Slice thickness in millimetres. */
  thickness: z.number().nullable(),
})
export type FrameGeometry = z.infer<typeof frameGeometry>

/** A window as stored: centre and width in modality units, and the name its author gave it. */
export const voiWindow = z.object({ center: z.number(), width: z.number(), explanation: z.string() })
export type VoiWindow = z.infer<typeof voiWindow>

/**
 * A table that takes modality values to brightness, as stored: `levels` at even steps from `first` to `last`, two
 * hexadecimal digits each. Values outside take the first or last level (PS3.3, C.11.2.1.1).
 */
export const voiLut = z.object({
  explanation: z.string(),
  first: z.number(),
  last: z.number(),
  levels: z.string(),
})
export type VoiLut = z.infer<typeof voiLut>

/** A plane of graphics over a frame (PS3.3, C.9.2): one bit a pixel, row by row, deflated, in base64. */
export const graphicPlane = z.object({
  /** Group of the file it stood in, e.g. `6000`. */
  group: z.string(),
  /** Graphics, or a region of interest. */
  kind: z.enum(['graphics', 'roi']),
  label: z.string(),
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  /** Row and column of the frame, from 0, under its first bit. */
  origin: z.tuple([z.number().int(), z.number().int()]),
  bits: z.string(),
})
export type GraphicPlane = z.infer<typeof graphicPlane>

export const photometric = z.enum([
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_PARTIAL_420',
  'YBR_PARTIAL_422',
  'YBR_ICT',
  'YBR_RCT',
  'XYB',
])
export type Photometric = z.infer<typeof photometric>

/** What a file says of the person or place it shows; all null where the format carries no such thing. */
const headerSubject = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  sex: z.string().nullable(),
  /** ISO date. */
  birthDate: z.string().nullable(),
  /** As in the file, e.g. `034Y`. */
  age: z.string().nullable(),
})

/** Everything the library keeps of one file, read from its header alone. */
export const instanceHeader = z.object({
  format: imageFormat,
  subject: headerSubject,
  study: z.object({
    uid: z.string().nullable(),
    id: z.string().nullable(),
    /** ISO date and `HH:MM:SS`. */
    date: z.string().nullable(),
    time: z.string().nullable(),
    description: z.string().nullable(),
    accession: z.string().nullable(),
    institution: z.string().nullable(),
  }),
  series: z.object({
    uid: z.string().nullable(),
    number: z.number().nullable(),
    description: z.string().nullable(),
    /** DICOM Modality; null where the format does not state one. */
    modality: z.string().nullable(),
    bodyPart: z.string().nullable(),
    manufacturer: z.string().nullable(),
    device: z.string().nullable(),
    /** Frame of Reference UID: positions in two series of the same one can be compared. */
    frameOfReference: z.string().nullable().default(null),
  }),
  instance: z.object({
    uid: z.string().nullable(),
    sopClass: z.string().nullable(),
    number: z.number().nullable(),
    /** UID; null for formats other than DICOM. */
    transferSyntax: z.string().nullable(),
    rows: z.number().int(),
    columns: z.number().int(),
    frames: z.number().int(),
    samples: z.number().int(),
    photometric: photometric,
    bitsAllocated: z.number().int(),
    bitsStored: z.number().int(),
    signed: z.boolean(),
    lossy: z.boolean(),
    rescale: z.object({ slope: z.number(), intercept: z.number(), unit: z.string().nullable() }),
    windows: z.array(voiWindow),
    voiFunction: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
    /** EXIF orientation 1 to 8; 1 for everything else. Rows and columns above are after it was applied. */
    exifOrientation: z.number().int(),
  }),
  /** One entry for each frame; a single entry where all frames share it. */
  geometry: z.array(frameGeometry),
  /** Short acquisition facts for the corners of the viewer, e.g. `{ TR: '500', TE: '11' }`. */
  acquisition: z.record(z.string(), z.string()),
  /** What turns modality values of PET into SUV, or why nothing does; frames come scaled by it. Null for other images. */
  suv: suvScale.nullable().default(null),
})
export type InstanceHeader = z.infer<typeof instanceHeader>

/** Sample types a decoded frame may have. */
export const sampleType = z.enum([
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'float64',
])
export type SampleType = z.infer<typeof sampleType>

/**
 * One decoded frame, ready for display and inference alike. Grey frames hold stored values, to be turned into
 * modality values by `slope` and `intercept`; colour frames hold interleaved 8-bit RGB (palettes and YBR
 * already converted). `data` has rows x columns x samples entries, row by row.
 */
export const frameInfo = z.object({
  rows: z.number().int(),
  columns: z.number().int(),
  samples: z.union([z.literal(1), z.literal(3)]),
  type: sampleType,
  photometric: z.enum(['MONOCHROME1', 'MONOCHROME2', 'RGB']),
  slope: z.number(),
  intercept: z.number(),
  unit: z.string().nullable(),
  windows: z.array(voiWindow),
  voiFunction: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
  /** Least and greatest stored value of this frame. */
  min: z.number(),
  max: z.number(),
  /** Stored value that marks pixels outside the picture. */
  padding: z.number().nullable(),
  spacing: z.tuple([z.number(), z.number()]).nullable(),
  /** Tables to choose instead of a window; none where missing. */
  voiLuts: z.array(voiLut).optional(),
  /** Graphics that lie over the frame; none where missing. */
  graphics: z.array(graphicPlane).optional(),
})
export type FrameInfo = z.infer<typeof frameInfo>

export type SampleArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

export interface Frame extends FrameInfo {
  data: SampleArray
}
