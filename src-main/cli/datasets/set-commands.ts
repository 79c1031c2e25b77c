import type { Command } from 'commander'
import type { DataSet } from '#shared/contract/datasets'
import { dataSetName } from '#shared/contract/datasets'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { LeptonError } from '#shared/domain/fault'
import { EXIT } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { type DataSetsOptions, datasetsSubcommand } from './subcommand'

interface CreateOptions extends DataSetsOptions {
  search?: string
  modality?: string
  path?: string
  from?: string
  to?: string
  label?: string[]
  reader?: string[]
  annotated?: string
  schema?: string
}

export function listCommand(datasets: Command): void {
  datasets
    .command('list', { isDefault: true })
    .description(t('datasets.list'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((options: DataSetsOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const sets = dataSets.list()
        if (options.json) await writeJson({ dataSets: sets })
        else if (sets.length === 0) console.log(t('datasets.none'))
        else for (const set of sets) console.log(lineOf(set))
        return EXIT.ok
      }),
    )
}

export function createCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'create', t('datasets.create'))
    .argument('<name>', t('datasets.name'))
    .option('--search <words>', t('datasets.search'))
    .option('--modality <code>', t('datasets.modality'))
    .option('--path <text>', t('datasets.path'))
    .option('--from <date>', t('datasets.from'))
    .option('--to <date>', t('datasets.to'))
    .option('--label <keys...>', t('datasets.label'))
    .option('--reader <names...>', t('datasets.reader'))
    .option('--annotated <which>', t('datasets.annotated'))
    .option('--schema <id>', t('datasets.schema'))
    .action((name: string, options: CreateOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const { search, modality, path, from, to, label, reader, annotated, schema } = options
        const asked = { search, modality, path, from, to, labels: label, readers: reader, annotated }
        const question = dataSetQuestion.safeParse(asked)
        const named = dataSetName.safeParse(name)
        if (!question.success || !named.success) {
          const issue = (question.error ?? named.error)?.issues[0]
          throw new LeptonError('INPUT_INVALID', {
            expected: issue?.message ?? '',
            received: issue?.path.join('.') || name,
          })
        }
        const draft = { name: named.data, question: question.data, schemaId: schema ?? null }
        const set = dataSets.create(draft)
        if (options.json) await writeJson(set)
        else console.log(lineOf(set))
        return EXIT.ok
      }),
    )
}

export function showCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'show', t('datasets.show'))
    .argument('<name>', t('datasets.name'))
    .action((name: string, options: DataSetsOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const set = dataSets.named(name)
        const versions = dataSets.versions(set.id)
        if (options.json) {
          await writeJson({ ...set, versions })
          return EXIT.ok
        }
        console.log(lineOf(set))
        console.log(`  ${JSON.stringify(set.question)}`)
        for (const { number, images, annotations, hash, frozenAt, note } of versions) {
          console.log(
            `  v${number}  ${t('datasets.holds', { images, annotations })}  ${hash}  ${frozenAt}  ${note}`,
          )
        }
        return EXIT.ok
      }),
    )
}

export function removeCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'remove', t('datasets.remove'))
    .argument('<name>', t('datasets.name'))
    .action((name: string, options: DataSetsOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const { id } = dataSets.named(name)
        dataSets.remove(id)
        if (options.json) await writeJson({ removed: name })
        else console.log(t('datasets.removed', { name }))
        return EXIT.ok
      }),
    )
}

function lineOf({ name, images, annotated, excluded, newest }: DataSet): string {
  const version = newest ? `v${newest.number}` : t('datasets.unfrozen')
  return `${name}  ${t('datasets.line', { images, annotated, excluded })}  ${version}`
}
