import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import { ItemLog } from '#main/item-log'
import type { JobContext } from '#main/jobs/types'
import { importAnnotationsRequest } from '#shared/contract/exchange'
import { LeptonError } from '#shared/domain/fault'
import { annotationFiles, type FoundFile } from '../import/find-files'
import { createFinder } from '../import/finder'
import { Keeper } from '../import/keeper'
import { LabelMatcher } from '../import/label-matcher'
import { readableFormats } from '../registry'
import type { ReadContext } from '../types'

export interface ImportDeps {
  database: Database
  annotations: Pick<Annotations, 'apply' | 'schemas' | 'schema' | 'saveSchema'>
}

/** Reads annotation files and keeps what belongs to images of the library, file by file. */
export async function runImport({ database, annotations }: ImportDeps, context: JobContext): Promise<void> {
  const { paths, reader } = importAnnotationsRequest.parse(context.request)
  const { signal, jobId } = context
  const log = new ItemLog(database, jobId)
  const before = log.done()
  const labels = new LabelMatcher(annotations.schemas().map(({ id }) => annotations.schema(id)))
  const find = createFinder(database)
  const counts = { total: 0, done: 0, skipped: 0, failed: 0 }
  const files: FoundFile[] = []
  for await (const file of annotationFiles(paths, readableFormats)) files.push(file)
  files.sort((a, b) => rankOf(a) - rankOf(b))
  counts.total = files.length
  context.progress({ ...counts })
  for (const file of files) {
    if (signal.aborted) return
    if (before.has(file.path)) {
      context.progress({ done: ++counts.done })
      continue
    }
    if ('error' in file) {
      log.add('failed', { path: file.path }, file.error)
      context.progress({ failed: ++counts.failed })
      continue
    }
    let faults = 0
    const read: ReadContext = {
      find,
      signal,
      failed(item, error) {
        faults++
        log.add('failed', { path: item === '' ? file.path : `${file.path}: ${item}` }, error)
      },
    }
    const keeper = new Keeper({ database, annotations, labels, reader, path: file.path, failed: read.failed })
    try {
      for await (const annotation of file.format.read.read(file.path, read)) {
        if (signal.aborted) return
        keeper.add(annotation)
      }
      keeper.flush()
      if (keeper.seen === 0 && faults === 0) throw nothingIn(file.path)
    } catch (error) {
      faults++
      log.add('failed', { path: file.path }, error)
    }
    if (faults > 0) counts.failed++
    else {
      counts.done++
      log.add('done', { path: file.path })
    }
    context.progress({ ...counts })
  }
}

/** Reports before the segmentations they refer to: they say more of the same objects. */
const rankOf = (file: FoundFile) => ('format' in file ? readableFormats.indexOf(file.format) : -1)

const nothingIn = (path: string) =>
  new LeptonError('INPUT_INVALID', { expected: 'at least one annotation', received: `none in ${path}` })
