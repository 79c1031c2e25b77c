import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportTarget, exportRequest } from '#shared/contract/exchange'
import { type AugmentationRecipe, augmentationRecipe } from '#shared/domain/data-set/augmentation'
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
  dataset?: string
  acceptLeaks?: boolean
  pictures?: string
  augment?: string
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
    .option('--dataset <name>', t('exchange.export.dataset'))
    .option('--accept-leaks', t('exchange.export.acceptLeaks'))
    .addOption(
      new Option('--pictures <how>', t('exchange.export.pictures')).choices(['copy', 'link', 'name']),
    )
    .requiredOption('--format <names>', t('exchange.export.format'))
    .requiredOption('--out <dir>', t('exchange.export.out'))
    .option('--augment <recipe.json>', t('exchange.export.augment'))
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
          pictures: exportRequest.shape.pictures.parse(options.pictures),
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

function targetOf({ exchange }: Studio, options: ExportOptions): ExportTarget {
  const { study, all, dataset, acceptLeaks = false, augment } = options
  const named = [study, all, dataset].filter((one) => one !== undefined)
  if (named.length === 1 && dataset !== undefined) {
    const augmentation = augment === undefined ? undefined : recipeOf(augment)
    return { kind: 'dataset', ...versionOf(dataset), acceptLeaks, augmentation }
  }
  if (named.length === 1 && study)
    return { kind: 'studies', studyIds: study.flatMap((name) => exchange.studiesOf(name)) }
  if (named.length === 1 && all) return { kind: 'filter', filter: {} }
  throw new LeptonError('INPUT_INVALID', {
    expected: 'one of --study <uid>, --dataset <name> and --all',
    received: `${named.length} of them`,
  })
}

/** `<name>` or `<name>@<version>`. */
function versionOf(text: string): { name: string; version?: number } {
  const [, name, version] = /^(.*)@(\d{1,9})$/.exec(text) ?? []
  return name && version ? { name, version: Number(version) } : { name: text }
}

/** The recipe of augmentation in a file. @throws INPUT_INVALID */
function recipeOf(path: string): AugmentationRecipe {
  try {
    return augmentationRecipe.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', {
      expected: 'a recipe of augmentation as JSON',
      received: path,
      remedy: cause instanceof Error ? cause.message.slice(0, 400) : '',
      cause,
    })
  }
}
