import { z } from 'zod'
import { faultCode } from './fault'

/** What a DICOM object states of itself; empty where it states nothing. */
const statement = z.object({
  /** As in the meta group. */
  transferSyntax: z.string(),
  sopClass: z.string(),
  modality: z.string(),
  patientName: z.string(),
  /** What the file also is to other software, by its preamble, e.g. `a Windows program`; absent for nearly all. */
  disguise: z.string().optional(),
})

/** The Image Pixel attributes as stated; 0 or empty where they are missing. */
const pixelStatement = statement.extend({
  rows: z.number(),
  columns: z.number(),
  frames: z.number(),
  samples: z.number(),
  photometric: z.string(),
  bitsAllocated: z.number(),
  bitsStored: z.number(),
  signed: z.boolean(),
  /** Whether the compression may have changed values. */
  lossy: z.boolean(),
})

/** Stored values before any modality, palette or colour conversion. */
const storedValues = z.object({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  last_mean: z.number(),
  /** Of lossless frames: the type of a stored value, in the notation of NumPy. */
  dtype: z.string().optional(),
  /** Of lossless frames: SHA-256 of the little-endian values. */
  sha256_frame0_le: z.string().optional(),
  /** Where there is colour: means of red, green and blue. */
  rgb_mean: z.tuple([z.number(), z.number(), z.number()]).optional(),
})

/** What `lepton inspect` tells of one file. `mean` and the like are of frame 0, `last_mean` of the last. */
export const inspection = z.discriminatedUnion('status', [
  pixelStatement.extend({ status: z.literal('ok'), ...storedValues.shape }),
  /** `object` says what the file is instead. */
  statement.extend({ status: z.literal('no-pixels'), object: z.string() }),
  pixelStatement.partial().extend({
    status: z.literal('error'),
    code: faultCode,
    expected: z.string(),
    received: z.string(),
    remedy: z.string(),
  }),
])
export type Inspection = z.infer<typeof inspection>
export type Statement = z.infer<typeof statement>
export type PixelStatement = z.infer<typeof pixelStatement>
export type StoredValues = z.infer<typeof storedValues>
