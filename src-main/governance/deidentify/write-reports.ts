import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { writeTextAtomically } from '#main/atomic-file'
import type { ExportRequest } from '#shared/contract/deidentify'
import { csvLine } from '#shared/csv'
import { elementAction } from '#shared/domain/deidentification'
import type { ExportItems } from './item-store'
import type { ExportDeps } from './types'

export const REPORTS = ['deidentification-report.json', 'deidentification-report.csv'] as const

/** Writes what is left of every file, without identities, beside the files; and the key table where it is wanted. */
export async function writeReports(
  { appVersion }: ExportDeps,
  items: ExportItems,
  jobId: number,
  { folder, deidentify, keyTable }: ExportRequest,
): Promise<void> {
  if (deidentify === null) return
  const [json, csv] = REPORTS
  await writeTextAtomically(join(folder, json), jsonReport(items, jobId, { appVersion, options: deidentify }))
  await writeTextAtomically(join(folder, csv), csvReport(items, jobId))
  if (keyTable === null) return
  await writeTextAtomically(keyTable, keyLines(items, jobId))
  await chmod(keyTable, 0o600)
}

function* jsonReport(items: ExportItems, jobId: number, about: object): Generator<string> {
  const head = { profile: 'PS3.15 2026c, Annex E, Basic Application Level Confidentiality Profile', ...about }
  yield `${JSON.stringify(head).slice(0, -1)},"files":[`
  let separator = '\n'
  const missing = new Map<string, number>()
  for (const { output, report, fault } of items.files(jobId)) {
    if (fault !== null) missing.set(fault.code, (missing.get(fault.code) ?? 0) + 1)
    if (output === null) continue
    yield separator + JSON.stringify({ output, ...report })
    separator = ',\n'
  }
  const reasons = [...missing].map(([code, files]) => ({ code, files }))
  yield `\n],"missing":${JSON.stringify(reasons)}}\n`
}

function* csvReport(items: ExportItems, jobId: number): Generator<string> {
  const actions = elementAction.options
  const after = ['masked_boxes', 'uncompressed', 'risks', 'kept_private', 'kept_text']
  yield csvLine(['file', 'format', ...actions, ...after])
  for (const { output, report } of items.files(jobId)) {
    if (output === null || report === null) continue
    const count = (wanted: string) =>
      report.actions.reduce((sum, { action, count }) => sum + (action === wanted ? count : 0), 0)
    yield csvLine([
      output,
      report.format,
      ...actions.map(count),
      report.masked.length,
      report.uncompressed ? 'yes' : 'no',
      report.risks.join(' '),
      report.keptPrivate.join(' '),
      report.keptText.join(' '),
    ])
  }
}

function* keyLines(items: ExportItems, jobId: number): Generator<string> {
  yield csvLine(['kind', 'original', 'pseudonym'])
  const told = new Set<string>()
  for (const { kind, original, pseudonym } of items.keys(jobId)) {
    const line = csvLine([kind, original, pseudonym])
    if (told.has(line)) continue
    told.add(line)
    yield line
  }
}
