import type { Command } from 'commander'
import { leaksIn, type Split, splitRecipe } from '#shared/domain/data-set/split'
import { LeptonError } from '#shared/domain/fault'
import { EXIT } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { whole } from '../whole'
import { comparisonLines } from './comparison-lines'
import { type DataSetsOptions, datasetsSubcommand } from './subcommand'

interface SplitOptions extends DataSetsOptions {
  version?: number
  parts: string
  folds?: number
  group: string
  seed: number
  stratify: boolean
  keepDuplicates: boolean
}

export function freezeCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'freeze', t('datasets.freeze'))
    .argument('<name>', t('datasets.name'))
    .option('--note <text>', t('datasets.note'), '')
    .action((name: string, options: DataSetsOptions & { note: string }) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const version = await dataSets.freeze(dataSets.named(name).id, options.note)
        if (options.json) await writeJson(version)
        else {
          const { number, images, annotations, hash } = version
          console.log(`${name}@${number}  ${t('datasets.holds', { images, annotations })}  ${hash}`)
        }
        return EXIT.ok
      }),
    )
}

export function diffCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'diff', t('datasets.diff'))
    .argument('<name>', t('datasets.name'))
    .argument('<from>', t('datasets.fromVersion'), whole)
    .argument('[to]', t('datasets.toVersion'), whole, 0)
    .action((name: string, from: number, to: number, options: DataSetsOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const diff = await dataSets.diff(dataSets.named(name).id, from, to)
        if (options.json) {
          await writeJson(diff)
          return EXIT.ok
        }
        const { added, removed, changed } = diff
        console.log(t('datasets.changes', { added, removed, changed }))
        for (const { label, before, after } of diff.labels) {
          if (before !== after) console.log(`  ${label}: ${before} -> ${after}`)
        }
        const signs = { added: '+', removed: '-', changed: '~' }
        for (const { change, name: path } of diff.images) console.log(`${signs[change]} ${path}`)
        return EXIT.ok
      }),
    )
}

export function splitCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'split', t('datasets.split'))
    .argument('<name>', t('datasets.name'))
    .option('--version <number>', t('datasets.version'), whole)
    .option('--parts <shares>', t('datasets.parts'), 'train=70,val=15,test=15')
    .option('--folds <number>', t('datasets.folds'), whole)
    .option('--group <unit>', t('datasets.group'), 'subject')
    .option('--seed <number>', t('datasets.seed'), whole, 1)
    .option('--no-stratify', t('datasets.noStratify'))
    .option('--no-keep-duplicates', t('datasets.noKeep'))
    .action((name: string, options: SplitOptions) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const { id } = dataSets.named(name)
        const number = options.version ?? dataSets.versions(id)[0]?.number ?? 1
        const split = await dataSets.split(id, number, recipeOf(options))
        if (options.json) await writeJson(split)
        else printSplit(split)
        return leaksIn(split.leaks) > 0 ? EXIT.someFailed : EXIT.ok
      }),
    )
}

function recipeOf({ parts, folds, group, seed, stratify, keepDuplicates }: SplitOptions) {
  const shares = parts.split(',').map((part) => {
    const [name = '', share = ''] = part.split('=')
    return { name: name.trim(), share: Number(share) }
  })
  const asked = { parts: folds === undefined ? shares : { folds }, group, seed, stratify, keepDuplicates }
  const recipe = splitRecipe.safeParse(asked)
  if (recipe.success) return recipe.data
  throw new LeptonError('INPUT_INVALID', {
    expected: '--parts train=70,val=15,test=15 or --folds 5, --group subject, study or none',
    received: recipe.error.issues[0]?.path.join('.') ?? '',
  })
}

function printSplit({ parts, leaks }: Split): void {
  for (const { name, images, groups, labels } of parts) {
    const counts = labels.map(({ label, images: count }) => `${label} ${count}`).join(', ')
    console.log(`${name}  ${t('datasets.part', { images, groups })}  ${counts}`)
  }
  if (leaksIn(leaks) === 0) console.log(t('datasets.tight'))
  else {
    const { subjects, pixels, nearDuplicates } = leaks
    console.error(t('datasets.leaks', { subjects, pixels, nearDuplicates }))
    for (const { kind, name, places } of leaks.examples) {
      console.error(
        `  ${kind} ${name}: ${places.map(({ imageId, part }) => `${part} #${imageId}`).join(', ')}`,
      )
    }
  }
  for (const line of comparisonLines(leaks.compared)) console.log(line)
  if (leaks.unmeasured > 0) console.error(t('datasets.unmeasured', { count: leaks.unmeasured }))
}
