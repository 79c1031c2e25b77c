import type { Command } from 'commander'
import { type FoundStudy, studyQuery } from '#shared/contract/sources'
import { LeptonError } from '#shared/domain/fault'
import { EXIT } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { type SourcesOptions, sourcesSubcommand } from './options'

interface SearchOptions extends SourcesOptions {
  patient?: string
  id?: string
  accession?: string
  description?: string
  modality?: string
  from?: string
  to?: string
  limit: string
}

export function searchCommand(sources: Command): void {
  sourcesSubcommand(sources, 'search', t('sources.search'))
    .argument('<name>', t('sources.name'))
    .option('--patient <text>', t('sources.patient'))
    .option('--id <text>', t('sources.patientId'))
    .option('--accession <text>', t('sources.accession'))
    .option('--description <text>', t('sources.description'))
    .option('--modality <code>', t('sources.modality'))
    .option('--from <date>', t('sources.from'))
    .option('--to <date>', t('sources.to'))
    .option('--limit <n>', t('sources.limit'), '100')
    .action((name: string, options: SearchOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const { id } = studio.sources.find(name)
        const { studies, more } = await studio.sources.search(id, queryOf(options))
        if (options.json) await writeJson({ studies, more })
        else {
          for (const study of studies) console.log(studyLines(study))
          console.log(t(more ? 'sources.foundMore' : 'sources.found', { count: studies.length }))
        }
        return EXIT.ok
      }),
    )
}

function queryOf(options: SearchOptions) {
  const { patient, id, accession, description, modality, from, to, limit } = options
  const parsed = studyQuery.safeParse({
    patientName: patient,
    patientId: id,
    accession,
    description,
    modality: modality?.toUpperCase(),
    from,
    to,
    limit: Number(limit),
  })
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.at(-1)).join(', ')
  throw new LeptonError('INPUT_INVALID', {
    expected: 'dates as 2024-01-31, a limit from 1 to 500, a modality as MR',
    received: `invalid: ${fields}`,
  })
}

function studyLines(study: FoundStudy): string {
  const facts = [
    study.date,
    study.modalities.join('/'),
    study.patientName?.replace(/[\^=]+/g, ' '),
    study.patientId,
    study.description,
    study.instanceCount !== null && t('sources.instances', { count: study.instanceCount }),
    study.held > 0 && t('sources.held', { count: study.held }),
  ]
  return `${study.uid}\n  ${facts.filter(Boolean).join('  ')}`
}
