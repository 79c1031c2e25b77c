import { join } from 'node:path'
import { writeBytesAtomically } from '#main/atomic-file'
import { LeptonError } from '#shared/domain/fault'
import type { ExportSeries, ExportSet, WriteContext } from '../types'
import { type SourceSeries, sourceOf } from './object/source'

/** One file of a series: its name without `.dcm`, and its bytes. */
export interface WrittenObject {
  name: string
  bytes: Uint8Array
}

/**
 * Writes the objects that are made of each series into a folder; a series without any says why. Series that are no
 * DICOM, or whose files are gone, fail one by one.
 */
export async function writeEachSeries(
  set: ExportSet,
  folder: string,
  context: WriteContext,
  make: (series: ExportSeries, source: SourceSeries) => AsyncIterable<WrittenObject>,
): Promise<void> {
  let any = false
  for await (const series of set.series()) {
    const { seriesId, series: names } = series.identity
    const annotated =
      series.images.some(({ annotations }) => annotations.length > 0) || series.tags.length > 0
    if (!annotated) continue
    any = true
    const item = { path: names.uid ?? series.images[0]?.identity.path ?? `series ${seriesId}`, seriesId }
    try {
      let written = 0
      for await (const { name, bytes } of make(series, sourceOf(series))) {
        const path = join(folder, `${name}.dcm`)
        await writeBytesAtomically(path, bytes)
        context.written(path)
        written++
      }
      if (written === 0) context.skipped(item, nothing())
    } catch (error) {
      if (context.signal.aborted) throw error
      context.failed(item, error)
    }
  }
  if (!any) context.skipped({ path: folder }, nothingAtAll())
}

const nothing = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'annotations that this format holds',
    received: 'only others',
  })

const nothingAtAll = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'annotations',
    received: 'none',
    remedy:
      'Draw some, or accept what a model proposes. What is proposed is written by `lepton score --format`.',
  })
