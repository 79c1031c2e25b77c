import { z } from 'zod'
import { fault } from '../domain/fault'
import { procedure } from './base'

const studyId = z.number().int()
const reader = z.string().trim().min(1).max(100)

export const readerState = z.object({
  reader: z.string(),
  /** When the reader was done; null while at work. */
  doneAt: z.string().nullable(),
  annotations: z.number().int(),
})
export type ReaderState = z.infer<typeof readerState>

export const signOff = z.object({
  version: z.number().int(),
  reader: z.string(),
  remark: z.string(),
  signedAt: z.string(),
  folder: z.string(),
  /** Each file with its SHA-256 when it was signed, and whether it is still that file. */
  files: z.array(
    z.object({ path: z.string(), sha256: z.string(), state: z.enum(['sound', 'changed', 'gone']) }),
  ),
})
export type SignOff = z.infer<typeof signOff>

/** How far the reading of a study has come. */
export const studyReading = z.object({
  /** Readers do not see what others said until two or more are all done. */
  blinded: z.boolean(),
  readers: z.array(readerState),
  /** Newest first. */
  signOffs: z.array(signOff),
  /** Whether something was changed after the last one. */
  changedSince: z.boolean(),
})
export type StudyReading = z.infer<typeof studyReading>

const measured = z.number().nullable()

export const labelAgreement = z.object({
  label: z.string().nullable(),
  left: z.number().int(),
  right: z.number().int(),
  both: z.number().int(),
  dice: measured,
  detection: measured,
  icc: measured,
})

/** Something two readers see differently; ids of objects, and images on which they lie. */
export const readingDifference = z.object({
  kind: z.enum(['left-only', 'right-only', 'label', 'outline']),
  leftObject: z.string().nullable(),
  rightObject: z.string().nullable(),
  leftLabel: z.string().nullable(),
  rightLabel: z.string().nullable(),
  /** Intersection over union. */
  overlap: z.number(),
  /** Where to look. */
  imageId: z.number().int().nullable(),
})
export type ReadingDifference = z.infer<typeof readingDifference>

/** How two readers agree, from all studies that were asked for together. */
export const pairAgreement = z.object({
  left: z.string(),
  right: z.string(),
  studies: z.number().int(),
  labels: z.array(labelAgreement),
  kappa: measured,
  /** Of the study, where one was asked for. */
  differences: z.array(readingDifference),
})
export type PairAgreement = z.infer<typeof pairAgreement>

const ofReader = z.object({ studyId, reader })

export const readingContract = {
  state: procedure
    .route({ method: 'GET', path: '/reading/{studyId}' })
    .input(z.object({ studyId }))
    .output(studyReading),
  /** Whether readers see each other's work while they are at it. */
  setBlinded: procedure
    .route({ method: 'POST', path: '/reading/{studyId}/blinded' })
    .input(z.object({ studyId, blinded: z.boolean() }))
    .output(studyReading),
  /** Says that a reader is done, or is at it again. */
  setDone: procedure
    .route({ method: 'POST', path: '/reading/{studyId}/done' })
    .input(ofReader.extend({ done: z.boolean() }))
    .output(studyReading),
  /** Every pair of readers of some studies; refused while one of them is read blinded. */
  agreement: procedure
    .route({ method: 'POST', path: '/reading-agreement' })
    .input(z.object({ studyIds: z.array(studyId).min(1).max(500) }))
    .output(z.array(pairAgreement)),
  /** Takes what another reader said over as one's own, in the place of one's own object `instead`. */
  settle: procedure
    .route({ method: 'POST', path: '/reading/{studyId}/settle' })
    .input(ofReader.extend({ objectId: z.string(), instead: z.string().nullable(), id: z.uuid() }))
    .output(z.object({ taken: z.number().int() })),
  /** Writes report and DICOM objects of what a reader says, once and for good. */
  sign: procedure
    .route({ method: 'POST', path: '/reading/{studyId}/sign-offs' })
    .input(ofReader.extend({ remark: z.string().max(2000).default(''), language: z.enum(['en', 'zh']) }))
    .output(z.object({ version: z.number().int(), problems: z.array(fault) })),
}
