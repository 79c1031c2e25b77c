import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ExportTarget } from '#shared/contract/exchange'
import { LeptonError } from '#shared/domain/fault'
import type { Studio } from '../studio'
import { tellExchange } from './exchange-outcome'
import { followJob } from './follow-job'
import { t } from './language'
import { Progress } from './progress'
import { type DataOption, withStudio } from './studio'

interface ExportOptions extends DataOption {
  study?: string[]
  all?: boolean
  format: string
  out: string
  reader?: string
  json?: boolean
}

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description(t('exchange.export.about'))
    .option('--study <uid...>', t('exchange.export.study'))
    .option('--all', t('exchange.export.all'))
    .requiredOption('--format <names>', t('exchange.export.format'))
    .requiredOption('--out <dir>', t('exchange.export.out'))
    .option('--reader <name>', t('exchange.export.reader'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .addHelpText('after', `\n${t('exchange.export.examples')}\n\n${t('notice')}`)
    .action((options: ExportOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const { jobId } = studio.exchange.export({
          target: targetOf(studio, options),
          formats: formatNames(options.format),
          folder: options.out,
          ...(options.reader === undefined ? {} : { reader: options.reader }),
        })
        return followExport(studio, jobId, options)
      }),
    )
}

/** Shows how an export goes on until it has ended; `quiet` leaves stdout to others. */
export async function followExport(
  studio: Studio,
  jobId: number,
  { out, json, quiet }: { out: string; json?: boolean | undefined; quiet?: boolean | undefined },
): Promise<number> {
  const job = await followJob(studio.jobs, jobId, new Progress(t('exchange.export.writing')))
  const folder = resolve(out)
  const summary = (count: number) => t('exchange.export.written', { count, folder })
  const how = json ? 'json' : quiet ? 'stderr' : 'stdout'
  return tellExchange(studio, job, { how, summary })
}

export const formatNames = (list: string) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

function targetOf({ exchange }: Studio, { study, all }: ExportOptions): ExportTarget {
  if (study && !all) return { kind: 'studies', studyIds: study.flatMap((name) => exchange.studiesOf(name)) }
  if (all && !study) return { kind: 'filter', filter: {} }
  throw new LeptonError('INPUT_INVALID', {
    expected: 'one of --study <uid> and --all',
    received: study ? 'both' : 'neither',
  })
}
