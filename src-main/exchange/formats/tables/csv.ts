import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvLine } from '#shared/csv'
import type { ExportSet, Format, ImportedAnnotation, ReadContext, WriteContext } from '../../types'
import { readText } from '../common/read-file'
import { parseCsv } from './parse-csv'
import { annotationOf, rowsOf } from './rows'

/** A table for spreadsheets and scripts: RFC 4180, UTF-8. */
export const csv: Format = {
  id: 'csv',
  fileExtensions: ['csv'],
  write,
  read: {
    knows: (_, head) => /^\uFEFF?image,sha256,/.test(new TextDecoder().decode(head)),
    read,
  },
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const path = join(folder, 'annotations.csv')
  async function* lines() {
    let first = true
    for await (const row of rowsOf(set)) {
      if (first) yield csvLine(Object.keys(row))
      first = false
      yield csvLine(Object.values(row))
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path), { signal: context.signal })
  context.written(path)
}

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const [head = [], ...lines] = parseCsv(await readText(path))
  for (const [i, cells] of lines.entries()) {
    context.signal.throwIfAborted()
    try {
      const row = Object.fromEntries(head.map((name, at) => [name, cells[at] || undefined]))
      const one = annotationOf(row, path, context)
      if (one) yield one
    } catch (error) {
      context.failed(`line ${i + 2}`, error)
    }
  }
}
