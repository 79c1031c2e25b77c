import type { Inspection } from '#shared/domain/inspection'
import { transferSyntaxName } from '#shared/domain/transfer-syntax'
import { faultLine } from '../faults'
import { t } from '../language'
import { writeOut } from '../stdout'
import type { InspectedFile } from './inspect-files'

const STATUS_WIDTH = 9

/** A line for each file, and how many there were of each kind. */
export async function printTable(files: AsyncIterable<InspectedFile>): Promise<void> {
  const counts: Record<Inspection['status'], number> = { ok: 0, 'no-pixels': 0, error: 0 }
  for await (const { name, inspection } of files) {
    counts[inspection.status] += 1
    await writeOut([
      `${inspection.status.padEnd(STATUS_WIDTH)} ${name}\n${' '.repeat(STATUS_WIDTH)} ${detail(inspection)}\n`,
    ])
  }
  const { ok, error } = counts
  await writeOut([`${t('inspect.counts', { ok, none: counts['no-pixels'], error })}\n`])
}

function detail(inspection: Inspection): string {
  if (inspection.status === 'no-pixels') return inspection.object
  if (inspection.status === 'error') return `${faultLine(inspection)} [${inspection.code}]`
  const { columns, rows, samples, frames, bitsStored, bitsAllocated, signed, photometric } = inspection
  const size = `${columns} × ${rows}${samples > 1 ? ` × ${samples}` : ''}${frames > 1 ? `, ${t('inspect.frames', { count: frames })}` : ''}`
  const bits = t(signed ? 'inspect.signedBits' : 'inspect.bits', {
    stored: bitsStored,
    allocated: bitsAllocated,
  })
  const values = t('inspect.values', { min: inspection.min, max: inspection.max, mean: inspection.mean })
  return [size, bits, photometric, transferSyntaxName(inspection.transferSyntax), values]
    .filter(Boolean)
    .join(', ')
}
