import type { Command } from 'commander'
import { queueStrategy } from '#shared/contract/datasets'
import { LeptonError } from '#shared/domain/fault'
import { EXIT } from '../faults'
import { followJob } from '../follow-job'
import { t } from '../language'
import { Progress } from '../progress'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { whole } from '../whole'
import { comparisonLines } from './comparison-lines'
import { type DataSetsOptions, datasetsSubcommand } from './subcommand'

const everything = { offset: 0, limit: 1_000_000 }

export function checkCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'check', t('datasets.check'))
    .argument('<name>', t('datasets.name'))
    .action((name: string, options: DataSetsOptions) =>
      withStudio(options, 'cli', async ({ dataSets, jobs }) => {
        const { id } = dataSets.named(name)
        const { jobId } = dataSets.check(id)
        const job = await followJob(jobs, jobId, new Progress(t('datasets.checking')))
        if (job.state === 'paused') return EXIT.interrupted
        if (job.state !== 'done') return EXIT.couldNotRun
        const { counts, items, compared } = dataSets.findings(id, everything)
        if (options.json) await writeJson({ job, compared, counts, findings: items })
        else {
          for (const { kind, open, dismissed } of counts) {
            console.log(`${kind}  ${t('datasets.findings', { open, dismissed })}`)
          }
          if (counts.length === 0) console.log(t('datasets.clean'))
          for (const line of comparisonLines(compared)) console.log(line)
        }
        return job.failed > 0 ? EXIT.someFailed : EXIT.ok
      }),
    )
}

export function statsCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'stats', t('datasets.stats'))
    .argument('<name>', t('datasets.name'))
    .option('--version <number>', t('datasets.version'), whole)
    .action((name: string, options: DataSetsOptions & { version?: number }) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const statistics = dataSets.statistics(dataSets.named(name).id, options.version)
        if (options.json) {
          await writeJson(statistics)
          return EXIT.ok
        }
        const { images, annotated, annotations, subjects } = statistics
        console.log(t('datasets.totals', { images, annotated, annotations, subjects }))
        for (const { name: label, images: own, annotations: count } of statistics.labels) {
          console.log(`  ${label}  ${t('datasets.holds', { images: own, annotations: count })}`)
        }
        return EXIT.ok
      }),
    )
}

export function nextCommand(datasets: Command): void {
  datasetsSubcommand(datasets, 'next', t('datasets.next'))
    .argument('<name>', t('datasets.name'))
    .option('--strategy <name>', t('datasets.strategy', { names: queueStrategy.options.join(', ') }), 'mixed')
    .option('--limit <number>', t('datasets.limit'), whole, 20)
    .action((name: string, options: DataSetsOptions & { strategy: string; limit: number }) =>
      withStudio(options, 'cli', async ({ dataSets }) => {
        const strategy = queueStrategy.safeParse(options.strategy)
        if (!strategy.success) {
          throw new LeptonError('INPUT_INVALID', {
            expected: queueStrategy.options.join(', '),
            received: options.strategy,
          })
        }
        const query = { strategy: strategy.data, limit: Math.min(1000, Math.max(1, options.limit)) }
        const queue = dataSets.next(dataSets.named(name).id, query)
        if (options.json) await writeJson(queue)
        else {
          for (const { name: path, worth, reason } of queue.items) {
            console.log(`${worth.toFixed(2)}  ${reason.kind} ${reason.label ?? ''}  ${path}`)
          }
          if (queue.items.length === 0) console.log(t('datasets.nothingNext'))
        }
        return EXIT.ok
      }),
    )
}
