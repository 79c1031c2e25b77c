import { join } from 'node:path'
import { writeBytesAtomically, writeTextAtomically } from '#main/atomic-file'
import { encodePng } from '#main/imaging/png'
import { countsCsv, failuresCsv, resultsCsv } from './csv-reports'
import { resultsJson } from './json-report'
import { labelImage } from './label-image'
import { MaskNames } from './mask-names'
import type { ReportData } from './report-data'
import type { ReportItem } from './report-items'

/**
 * Writes masks/ if wanted, then results.csv, counts.csv, failures.csv and results.json into a folder; each
 * file appears only when it is complete. Writing the same job again writes the same files.
 * @returns absolute paths of the four reports, and of the masks folder.
 */
export async function writeReport(data: ReportData, folder: string, masks: boolean): Promise<string[]> {
  const names = masks ? new MaskNames() : null
  if (names) await writeMasks(data, folder, names)
  const maskOf = (item: ReportItem) => (names && drawn(data, item) ? names.of(item) : null)
  const reports = {
    'results.csv': resultsCsv(data),
    'counts.csv': countsCsv(data),
    'failures.csv': failuresCsv(data),
    'results.json': resultsJson(data, maskOf),
  }
  for (const [name, pieces] of Object.entries(reports)) await writeTextAtomically(join(folder, name), pieces)
  const files = [...Object.keys(reports), ...(names ? ['masks'] : [])]
  return files.map((name) => join(folder, name))
}

async function writeMasks(data: ReportData, folder: string, names: MaskNames): Promise<void> {
  const empty = new Map<string, Uint8Array>()
  for (const item of data.items()) {
    const name = drawn(data, item) ? names.of(item) : null
    if (name === null) continue
    await writeBytesAtomically(join(folder, name), maskFile(data, item, empty))
  }
}

/** Whether the model of an item draws masks: an empty one of a classifier would say what it never looked for. */
const drawn = (data: ReportData, { runId }: ReportItem) =>
  runId !== null && (data.runs.get(runId)?.masks ?? false)

/** Most slices hold nothing: their picture is made once for each size. */
function maskFile(data: ReportData, item: ReportItem, empty: Map<string, Uint8Array>): Uint8Array {
  const { rows, columns } = item
  const run = item.runId === null ? undefined : data.runs.get(item.runId)
  const size = `${rows} ${columns}`
  const known = item.findings.length === 0 ? empty.get(size) : undefined
  if (known) return known
  const png = encodePng(rows, columns, labelImage(item, run?.labels ?? new Map()))
  if (item.findings.length === 0 && empty.size < 64) empty.set(size, png)
  return png
}
