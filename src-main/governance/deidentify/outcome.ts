import { join } from 'node:path'
import type { Database } from '#main/database/open'
import { type ExportOutcome, exportRequest } from '#shared/contract/deidentify'
import { type RemainingRisk, remainingRisk } from '#shared/domain/deidentification'
import { type Fault, LeptonError } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import type { ExportItems } from './item-store'
import { REPORTS } from './write-reports'

/** What an export came to, as far as it has come. @throws INPUT_INVALID for jobs of another kind. */
export function outcomeOf(database: Database, items: ExportItems, job: Job): ExportOutcome {
  if (job.kind !== 'deidentify') {
    throw new LeptonError('INPUT_INVALID', {
      expected: 'an export job',
      received: `job ${job.id}, ${job.kind}`,
    })
  }
  const stored = database
    .prepare<[number], string>('SELECT request FROM jobs WHERE id = ?')
    .pluck()
    .get(job.id)
  const { folder, deidentify } = exportRequest.parse(JSON.parse(stored ?? 'null'))
  const risks = new Map<RemainingRisk, number>()
  const missing = new Map<string, { fault: Fault; files: number }>()
  let [written, masked] = [0, 0]
  for (const { output, report, fault } of items.files(job.id)) {
    if (output !== null) written++
    if (report !== null && report.masked.length > 0) masked++
    for (const risk of report?.risks ?? []) risks.set(risk, (risks.get(risk) ?? 0) + 1)
    if (fault === null) continue
    const known = missing.get(fault.code) ?? { fault, files: 0 }
    missing.set(fault.code, { ...known, files: known.files + 1 })
  }
  const reported = deidentify !== null && job.state === 'done'
  return {
    folder,
    deidentified: deidentify !== null,
    written,
    masked,
    risks: remainingRisk.options.flatMap((risk) => {
      const files = risks.get(risk)
      return files === undefined ? [] : [{ risk, files }]
    }),
    missing: [...missing.values()],
    reports: reported ? REPORTS.map((name) => join(folder, name)) : [],
  }
}
