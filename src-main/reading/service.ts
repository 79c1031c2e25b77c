import { rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fault as faultRecord, LeptonError } from '#shared/domain/fault'
import { readerAgreement } from './agreement'
import { Readers } from './readers'
import { settleDifference } from './settle'
import { SignOffs } from './sign-offs'
import type { Reading, ReadingDeps } from './types'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.pdf': 'application/pdf',
  '.dcm': 'application/dicom',
}

export function createReading({ database, jobs, annotations, exchange, dataFolder }: ReadingDeps): Reading {
  const readers = new Readers(database)
  const signOffs = new SignOffs(database)
  /** Under way, so that two windows do not sign one version. */
  const signing = new Set<number>()

  const state: Reading['state'] = async (studyId) => {
    const read = readers.of(studyId)
    return {
      blinded: readers.blinded(studyId),
      readers: read,
      signOffs: await signOffs.of(studyId),
      changedSince: signOffs.changedSince(studyId),
    }
  }

  /** What could not be written, as the export's job lists it. */
  const problemsOf = (jobId: number) =>
    database
      .prepare<[number], string>(
        "SELECT fault FROM job_items WHERE job_id = ? AND state = 'failed' AND fault IS NOT NULL",
      )
      .pluck()
      .all(jobId)
      .map((text) => faultRecord.parse(JSON.parse(text)))

  return {
    state,
    async setBlinded(studyId, blinded) {
      if (blinded && signOffs.signed(studyId)) {
        throw new LeptonError('INPUT_INVALID', {
          expected: 'a study that nobody has signed yet',
          received: 'a signed one, which everybody may see',
          remedy: 'Read another study blinded, or one before it is signed.',
        })
      }
      readers.setBlinded(studyId, blinded)
      return state(studyId)
    },
    async setDone(studyId, reader, done) {
      readers.setDone(studyId, reader, done)
      return state(studyId)
    },
    agreement(studyIds) {
      for (const studyId of studyIds) readers.ensureOpen(studyId)
      return readerAgreement(annotations, studyIds)
    },
    settle(request) {
      readers.ensureOpen(request.studyId)
      return settleDifference(annotations, request)
    },
    async sign({ studyId, reader, remark, language }) {
      readers.ensureOpen(studyId)
      if (!readers.of(studyId).some((one) => one.reader === reader && one.annotations > 0)) {
        throw new LeptonError('INPUT_INVALID', {
          expected: `something that ${reader} drew or judged`,
          received: 'nothing',
          remedy: 'Accept or draw a finding, or say of the study that it shows none.',
        })
      }
      if (signing.has(studyId)) {
        throw new LeptonError('JOB_STATE', {
          expected: 'one signature at a time',
          received: 'another one that is being written',
          remedy: 'Wait until it is done.',
        })
      }
      signing.add(studyId)
      try {
        const version = signOffs.nextVersion(studyId)
        const serial = signOffs.serial(studyId)
        const folder = join(dataFolder, 'signed', String(studyId), `v${version}`)
        await rm(folder, { recursive: true, force: true })
        const formats = isDicom(database, studyId) ? ['report', 'seg', 'sr'] : ['report', 'coco']
        const { jobId } = exchange.export({
          target: { kind: 'studies', studyIds: [studyId] },
          formats,
          folder,
          reader,
          language,
          remark,
        })
        const job = await jobs.settled(jobId)
        if (job.state !== 'done') {
          throw new LeptonError('OUTPUT_UNWRITABLE', {
            expected: 'report and objects',
            received: `an export that was ${job.state}`,
            remedy: 'Make room on the disk of the library, then sign again.',
          })
        }
        await signOffs.lock(studyId, { version, reader, remark, serial, folder })
        readers.setDone(studyId, reader, true)
        return { version, problems: problemsOf(jobId) }
      } finally {
        signing.delete(studyId)
      }
    },
    async signedFile(studyId, version, path) {
      return {
        path: await signOffs.file(studyId, version, path),
        type: types[extname(path)] ?? 'application/octet-stream',
      }
    },
  }
}

function isDicom(database: ReadingDeps['database'], studyId: number): boolean {
  const found = database
    .prepare(
      `SELECT 1 FROM instances JOIN series ON series.id = instances.series_id
       WHERE study_id = ? AND format = 'dicom' LIMIT 1`,
    )
    .get(studyId)
  return found !== undefined
}
