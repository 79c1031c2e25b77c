import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import type { DataSets } from '#main/datasets/types'
import type { Jobs } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { ExportRequest, ImportAnnotationsRequest } from '#shared/contract/exchange'
import { LeptonError } from '#shared/domain/fault'
import { runExport } from './jobs/export-run'
import { runImport } from './jobs/import-run'
import { formats, formatsOf, readableFormats } from './registry'
import type { PictureEngine } from './source/picture'

export interface ExchangeDeps {
  database: Database
  engine: PictureEngine
  jobs: Jobs
  library: Pick<Library, 'studyIds'>
  models: Pick<Models, 'knownLabels'>
  dataSets: Pick<DataSets, 'frozen'>
  annotations: Pick<Annotations, 'forStudy' | 'schemas' | 'schema' | 'apply' | 'saveSchema'>
  appVersion: string
}

/** Annotations out into files of other programs, and in from them. */
export interface Exchange {
  formats(): { id: string; reads: boolean }[]
  /** @throws INPUT_INVALID for formats that there are not */
  check(formats: readonly string[]): void
  /** Starts the job. @throws INPUT_INVALID for formats that there are not, NOT_FOUND for a job without predictions */
  export(request: ExportRequest): { jobId: number }
  importAnnotations(request: ImportAnnotationsRequest): { jobId: number }
  /** The studies of a DICOM Study Instance UID, or of an id of the library. @throws NOT_FOUND */
  studiesOf(name: string): number[]
}

/** Registers the jobs `export` and `import-annotations`. */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { database, jobs } = deps
  const app = { name: 'Lepton Studio', version: deps.appVersion }
  jobs.register('export', (context) => runExport({ ...deps, app }, context))
  jobs.register('import-annotations', (context) => runImport(deps, context))
  return {
    formats: () =>
      formats.map(({ id }) => ({ id, reads: readableFormats.some((readable) => readable.id === id) })),
    check: (ids) => void formatsOf(ids),
    export(asked) {
      formatsOf(asked.formats)
      if (asked.target.kind === 'predictions') ensureScored(jobs, asked.target.jobId)
      // leaks are refused before anything is written
      if (asked.target.kind === 'dataset') deps.dataSets.frozen(asked.target)
      const request = { ...asked, folder: resolve(asked.folder) }
      const title = `${request.formats.join(', ')} → ${basename(request.folder)}`
      return { jobId: jobs.start({ kind: 'export', title, request, fingerprint: fingerprint(request) }) }
    },
    importAnnotations(asked) {
      const request = { ...asked, paths: asked.paths.map((path) => resolve(path)) }
      const title = request.paths
        .slice(0, 2)
        .map((path) => basename(path))
        .join(', ')
      return {
        jobId: jobs.start({ kind: 'import-annotations', title, request, fingerprint: fingerprint(request) }),
      }
    },
    studiesOf: (name) => studiesOf(database, name),
  }
}

function studiesOf(database: Database, name: string): number[] {
  const ids = database
    .prepare<[string, string], number>(
      'SELECT id FROM studies WHERE uid = ? OR cast(id AS TEXT) = ? ORDER BY id',
    )
    .pluck()
    .all(name, name)
  if (ids.length > 0) return ids
  throw new LeptonError('NOT_FOUND', {
    expected: 'a Study Instance UID, or the number of a study, of this library',
    received: name,
    remedy: 'Take its files in with `lepton import` first.',
  })
}

function ensureScored(jobs: Jobs, jobId: number): void {
  const { kind } = jobs.get(jobId)
  if (kind === 'score') return
  throw new LeptonError('INPUT_INVALID', { expected: 'a scoring job', received: `job ${jobId}, ${kind}` })
}

const fingerprint = (request: object) => createHash('sha256').update(JSON.stringify(request)).digest('hex')
