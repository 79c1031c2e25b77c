import { join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { ExportSet, Format, ImportedAnnotation, ReadContext, WriteContext } from '../../types'
import { writeOut } from '../common/output'
import { readBytes } from '../common/read-file'
import { annotationOf, type Row, rowsOf, textColumns } from './rows'

const mostRows = 5_000_000
/** Bytes a file may unfold to. */
const mostUnpacked = 2 ** 30
const whole = new Set<keyof Row>(['frame', 'width', 'height'])
const texts = new Set<string>(textColumns)

/** The table of the CSV as Apache Parquet, for data frames. */
export const parquet: Format = {
  id: 'parquet',
  fileExtensions: ['parquet'],
  write,
  read: {
    knows: (_, head) => new TextDecoder().decode(head.subarray(0, 4)) === 'PAR1',
    read,
  },
}

async function write(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const rows: Row[] = []
  for await (const row of rowsOf(set)) rows.push(row)
  const [first] = rows
  if (!first) return
  const columnData = (Object.keys(first) as (keyof Row)[]).map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: texts.has(name) ? ('STRING' as const) : whole.has(name) ? ('INT32' as const) : ('DOUBLE' as const),
    nullable: true,
  }))
  const createdBy = `${context.app.name} ${context.app.version}`
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const bytes = parquetWriteBuffer({ columnData, createdBy })
  await writeOut(join(folder, 'annotations.parquet'), new Uint8Array(bytes), context)
}

async function* read(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const bytes = await readBytes(path)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const rows = await rowsFrom(file, path)
  for (const [i, row] of rows.entries()) {
    context.signal.throwIfAborted()
    try {
      const one = annotationOf(row, path, context)
      if (one) yield one
    } catch (error) {
      context.failed(`row ${i + 1}`, error)
    }
  }
}

async function rowsFrom(file: ArrayBuffer, path: string): Promise<Record<string, unknown>[]> {
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet')
  try {
    const metadata = parquetMetadata(file)
    const unpacked = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0)
    if (metadata.num_rows > mostRows || unpacked > mostUnpacked) {
      throw new LeptonError('INPUT_INVALID', {
        expected: `at most ${mostRows} rows and ${mostUnpacked / 2 ** 20} MB`,
        received: `${metadata.num_rows} rows, ${Math.round(unpacked / 2 ** 20)} MB`,
      })
    }
    return await parquetReadObjects({ file, metadata })
  } catch (cause) {
    if (cause instanceof LeptonError) throw cause
    throw new LeptonError('INPUT_INVALID', { expected: 'Parquet', received: path, cause })
  }
}
