import { join } from 'node:path'
import type { DataSets } from '#main/datasets/types'
import { ItemLog } from '#main/item-log'
import type { JobContext } from '#main/jobs/types'
import type { Library } from '#main/library/types'
import { makeFolder } from '#main/make-folder'
import { type ExportRequest, exportRequest } from '#shared/contract/exchange'
import { LeptonError } from '#shared/domain/fault'
import { formatsOf } from '../registry'
import { annotatedSet, type SetDeps } from '../source/annotated-set'
import { frozenVersion } from '../source/frozen-set'
import { predictedSet } from '../source/predicted-set'
import type { ExportSet, WriteContext } from '../types'
import { startBeside } from './beside'
import { Units } from './units'

export interface ExportDeps extends SetDeps {
  library: Pick<Library, 'studyIds'>
  dataSets: Pick<DataSets, 'frozen'>
  app: { name: string; version: string }
}

/** Writes a set in each format that was asked for; a format that cannot be written leaves the others alone. */
export async function runExport(deps: ExportDeps, context: JobContext): Promise<void> {
  const request = exportRequest.parse(context.request)
  const { signal } = context
  const formats = formatsOf(request.formats)
  const log = new ItemLog(deps.database, context.jobId)
  log.forget()
  const set = setOf(deps, request)
  const units = new Units(context.progress)
  context.progress({ total: set.total * formats.length, done: 0, skipped: 0, failed: 0 })
  for (const format of formats) {
    const folder = join(request.folder, format.id)
    const beside = startBeside()
    const write: WriteContext = {
      app: deps.app,
      ...(request.language && { language: request.language }),
      ...(request.remark && { remark: request.remark }),
      formats: formats.map(({ id }) => id),
      signal,
      beside,
      ...(request.pictures && { pictures: request.pictures }),
      written: (path) => log.add('done', { path }),
      failed(item, error) {
        log.add('failed', item, error)
        units.note('failed')
      },
      skipped(item, error) {
        log.add('skipped', item, error)
        units.note('skipped')
      },
    }
    try {
      await ensureFolder(folder)
      await format.write(units.counted(set, format.id, signal, beside), folder, write)
    } catch (error) {
      if (signal.aborted) return
      log.add('failed', { path: folder }, error)
      units.fail(format.id)
    } finally {
      await beside.settled()
    }
  }
}

function setOf(deps: ExportDeps, { target, reader }: ExportRequest): ExportSet {
  const name = 'annotations'
  switch (target.kind) {
    case 'studies':
      return annotatedSet(deps, { name, studyIds: target.studyIds, reader })
    case 'filter':
      return annotatedSet(deps, { name, studyIds: deps.library.studyIds(target.filter), reader })
    case 'predictions':
      return predictedSet(deps, { name: 'predictions', jobId: target.jobId })
    case 'dataset':
      return frozenVersion(deps, deps.dataSets.frozen(target), target.augmentation)
  }
}

async function ensureFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
  } catch (cause) {
    throw new LeptonError('OUTPUT_UNWRITABLE', {
      expected: 'a folder that can be written',
      received: folder,
      remedy: 'Choose another folder.',
      cause,
    })
  }
}
