import { z } from 'zod'

/**
 * Every error a person can meet. The code names it; `messages` of src-shared/text hold its sentence in each
 * language; the details say what was expected, what came and what to do.
 */
export const faultCodes = [
  // files and formats
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_EMPTY',
  'FORMAT_UNKNOWN',
  'DICOM_INVALID',
  'DICOM_NO_PIXELS',
  'TRANSFER_SYNTAX_UNSUPPORTED',
  'PIXELS_CORRUPT',
  'PIXELS_TOO_LARGE',
  'FRAME_OUT_OF_RANGE',
  'IMAGE_CORRUPT',
  'IMAGE_UNSUPPORTED',
  'NIFTI_INVALID',
  'NRRD_INVALID',
  'NOT_DEIDENTIFIABLE',
  'VOLUME_IRREGULAR',
  'ARCHIVE_INVALID',
  'ARCHIVE_UNSAFE',
  'ARCHIVE_ENCRYPTED',
  // models and engine
  'MODEL_NOT_FOUND',
  'MODEL_INVALID',
  'MODEL_HASH_MISMATCH',
  'MODEL_EXISTS',
  'MODEL_DOES_NOT_FIT',
  'NO_MODEL_FITS',
  'PROVIDER_REFUSED',
  'SELF_TEST_FAILED',
  'ENGINE_CRASHED',
  'ENGINE_TIMEOUT',
  'INFERENCE_FAILED',
  // archives
  'SOURCE_UNREACHABLE',
  'SOURCE_TIMEOUT',
  'SOURCE_UNTRUSTED',
  'SOURCE_REFUSED',
  'SOURCE_UNSUPPORTED',
  'SOURCE_FAILED',
  'SOURCE_ANSWER_INVALID',
  // library and jobs
  'NOT_FOUND',
  'DUPLICATE',
  'OTHER_VERSION',
  'DISGUISED_FILE',
  'INPUT_INVALID',
  'ANNOTATION_CHANGED',
  'PATH_REFUSED',
  'JOB_STATE',
  'NOTHING_TO_RESUME',
  'READING_BLINDED',
  'DATABASE_NEWER',
  'DATABASE_DIVERGED',
  'DATABASE_BUSY',
  'DISK_FULL',
  'OUTPUT_UNWRITABLE',
  'FORMAT_LIMIT',
  'DATA_LEAK',
  'CANCELLED',
  'INTERNAL',
] as const

export const faultCode = z.enum(faultCodes)
export type FaultCode = z.infer<typeof faultCode>

export const fault = z.object({
  code: faultCode,
  /** What was expected, in a short phrase; empty when the code says it all. */
  expected: z.string().default(''),
  /** What came instead. */
  received: z.string().default(''),
  /** What to do about it. */
  remedy: z.string().default(''),
})
export type Fault = z.infer<typeof fault>

/** The one error class of the project; everything thrown on purpose is one of these. */
export class LeptonError extends Error {
  readonly code: FaultCode
  readonly expected: string
  readonly received: string
  readonly remedy: string

  constructor(
    code: FaultCode,
    details: { expected?: string; received?: string; remedy?: string; cause?: unknown } = {},
  ) {
    const { expected = '', received = '', remedy = '' } = details
    const parts = [expected && `expected ${expected}`, received && `got ${received}`, remedy].filter(Boolean)
    super(parts.length > 0 ? `${code}: ${parts.join('; ')}` : code, { cause: details.cause })
    this.name = 'LeptonError'
    this.code = code
    this.expected = expected
    this.received = received
    this.remedy = remedy
  }

  toFault(): Fault {
    return { code: this.code, expected: this.expected, received: this.received, remedy: this.remedy }
  }
}

/** Any thrown value as a fault; what was not foreseen is INTERNAL with its message. */
export function faultOf(error: unknown): Fault {
  if (error instanceof LeptonError) return error.toFault()
  const received = error instanceof Error ? error.message : String(error)
  return { code: 'INTERNAL', expected: '', received, remedy: '' }
}
