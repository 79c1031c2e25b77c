import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import type { Exchange } from '#main/exchange/service'
import type { Jobs } from '#main/jobs/types'
import type { PairAgreement, StudyReading } from '#shared/contract/reading'
import type { Fault } from '#shared/domain/fault'
import type { Language } from '#shared/text'
import type { Settlement } from './settle'

export interface ReadingDeps {
  database: Database
  jobs: Jobs
  annotations: Pick<Annotations, 'forStudy' | 'apply'>
  exchange: Pick<Exchange, 'export'>
  /** Folder of this library; what is signed lies in `signed/` below it. */
  dataFolder: string
}

/** Readers of a study: what each may see, how they agree, and what was signed. */
export interface Reading {
  state(studyId: number): Promise<StudyReading>
  /** @throws INPUT_INVALID once somebody has signed */
  setBlinded(studyId: number, blinded: boolean): Promise<StudyReading>
  setDone(studyId: number, reader: string, done: boolean): Promise<StudyReading>
  /** @throws READING_BLINDED while a study is read blinded */
  agreement(studyIds: readonly number[]): PairAgreement[]
  /** Copies an object of another reader; answers on how many images. @throws NOT_FOUND, READING_BLINDED */
  settle(request: Settlement): number
  /**
   * Writes report and DICOM objects into a folder that is locked afterwards.
   * @throws READING_BLINDED, INPUT_INVALID where the reader says nothing of the study, OUTPUT_UNWRITABLE
   */
  sign(request: {
    studyId: number
    reader: string
    remark: string
    language: Language
  }): Promise<{ version: number; problems: Fault[] }>
  /** A file of a sign-off that is as it was signed. @throws NOT_FOUND */
  signedFile(studyId: number, version: number, path: string): Promise<{ path: string; type: string }>
}
