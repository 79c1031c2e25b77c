import { z } from 'zod'
import { fault } from '../domain/fault'
import { aeTitle, portNumber, source, sourceDraft, uid } from '../domain/source'
import { procedure } from './base'

const isoDate = z.iso.date()
const words = z.string().trim().max(64)

/** What to look for; absent fields match anything. Texts match anywhere within, whatever their case may be. */
export const studyQuery = z.object({
  patientName: words.optional(),
  patientId: words.optional(),
  accession: words.optional(),
  description: words.optional(),
  modality: z
    .string()
    .regex(/^[A-Z]{2,16}$/)
    .optional(),
  from: isoDate.optional(),
  to: isoDate.optional(),
  limit: z.number().int().min(1).max(500).default(100),
})
export type StudyQuery = z.infer<typeof studyQuery>

/** A study as the archive describes it; null where it does not say. */
export const foundStudy = z.object({
  uid,
  patientName: z.string().nullable(),
  patientId: z.string().nullable(),
  birthDate: z.string().nullable(),
  sex: z.string().nullable(),
  date: z.string().nullable(),
  time: z.string().nullable(),
  description: z.string().nullable(),
  accession: z.string().nullable(),
  modalities: z.array(z.string()),
  seriesCount: z.number().int().nullable(),
  instanceCount: z.number().int().nullable(),
  /** Instances of it that are in the library already. */
  held: z.number().int(),
})
export type FoundStudy = z.infer<typeof foundStudy>

export const foundSeries = z.object({
  uid,
  number: z.number().nullable(),
  modality: z.string().nullable(),
  description: z.string().nullable(),
  instanceCount: z.number().int().nullable(),
  held: z.number().int(),
})
export type FoundSeries = z.infer<typeof foundSeries>

/** What a connection is worth: the answer to C-ECHO, or to a query for one study. */
export const verdict = z.object({
  fault: fault.nullable(),
  milliseconds: z.number(),
})
export type Verdict = z.infer<typeof verdict>

export const receiverSettings = z.object({
  enabled: z.boolean().default(false),
  port: portNumber.default(11_112),
  aeTitle: aeTitle.default('LEPTON'),
  /** Reachable from other computers; else from this one only. */
  network: z.boolean().default(false),
  /** AE titles that may send; empty: anyone who calls the AE title above. */
  callers: z.array(aeTitle).max(64).default([]),
})
export type ReceiverSettings = z.infer<typeof receiverSettings>

export const intakeSettings = z.object({
  receiver: receiverSettings.prefault({}),
  /** Folders whose new files are taken in once they are complete. */
  watched: z.array(z.string().min(1).max(4096)).max(16).default([]),
  /** Score what came in with the model that fits. */
  autoScore: z.boolean().default(false),
})
export type IntakeSettings = z.infer<typeof intakeSettings>

export const intakeState = z.object({
  settings: intakeSettings,
  receiver: z.object({
    /** The port it listens on; null while it does not. */
    port: portNumber.nullable(),
    fault: fault.nullable(),
    /** Since the app was opened. */
    received: z.number().int(),
    refused: z.number().int(),
    lastCaller: z.string().nullable(),
  }),
  watched: z.array(z.object({ path: z.string(), fault: fault.nullable(), taken: z.number().int() })),
})
export type IntakeState = z.infer<typeof intakeState>

const bySource = z.object({ sourceId: z.number().int() })
const startedJob = z.object({ jobId: z.number().int() })

/** A study, or one series of it. */
export const wantedPart = z.object({ studyUid: uid, seriesUid: uid.optional() })
export type WantedPart = z.infer<typeof wantedPart>

export const sourcesContract = {
  list: procedure.route({ method: 'GET', path: '/sources' }).output(z.array(source)),
  add: procedure.route({ method: 'POST', path: '/sources' }).input(sourceDraft).output(source),
  change: procedure
    .route({ method: 'PUT', path: '/sources/{sourceId}' })
    .input(bySource.extend({ draft: sourceDraft }))
    .output(source),
  remove: procedure.route({ method: 'DELETE', path: '/sources/{sourceId}' }).input(bySource),
  /** Tries a connection: one that is kept, a draft, or a draft with the secret that is kept. */
  test: procedure
    .route({ method: 'POST', path: '/sources/test' })
    .input(z.object({ sourceId: z.number().int().optional(), draft: sourceDraft.optional() }))
    .output(verdict),
  search: procedure
    .route({ method: 'POST', path: '/sources/{sourceId}/search' })
    .input(bySource.extend({ query: studyQuery.prefault({}) }))
    .output(z.object({ studies: z.array(foundStudy), more: z.boolean() })),
  series: procedure
    .route({ method: 'GET', path: '/sources/{sourceId}/studies/{studyUid}/series' })
    .input(bySource.extend({ studyUid: uid }))
    .output(z.array(foundSeries)),
  /** Fetches what is not in the library yet. Progress: `jobs.watch`; what failed: `jobs.items`. */
  fetch: procedure
    .route({ method: 'POST', path: '/sources/{sourceId}/fetch' })
    .input(
      bySource.extend({ parts: z.array(wantedPart).min(1).max(1000), title: z.string().max(200).optional() }),
    )
    .output(startedJob),
  /** Sends the DICOM files of studies of the library. */
  send: procedure
    .route({ method: 'POST', path: '/sources/{sourceId}/send' })
    .input(bySource.extend({ studyIds: z.array(z.number().int()).min(1).max(1000) }))
    .output(startedJob),
  /** Sends DICOM files by path: what the app made, or any other. */
  sendFiles: procedure
    .route({ method: 'POST', path: '/sources/{sourceId}/send-files' })
    .input(bySource.extend({ paths: z.array(z.string().min(1)).min(1).max(10_000) }))
    .output(startedJob),
  intake: procedure.route({ method: 'GET', path: '/sources/intake' }).output(intakeState),
  saveIntake: procedure
    .route({ method: 'PUT', path: '/sources/intake' })
    .input(intakeSettings)
    .output(intakeState),
}
