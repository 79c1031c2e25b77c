import type { Command } from 'commander'
import type { DataSets } from '#main/datasets/types'
import type { InstalledModel } from '#shared/contract/models'
import type { LessonPlan } from '#shared/contract/teaching'
import { LeptonError } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import { EXIT, printFault } from '../faults'
import { followJob } from '../follow-job'
import { language, t } from '../language'
import { Progress } from '../progress'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { whole } from '../whole'
import { figureLines, stateLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

interface TeachOptions extends ModelsOptions {
  name: string
  setVersion?: number
  base?: string
  activate?: boolean
}

export function teachCommand(models: Command): void {
  modelsSubcommand(models, 'teach', t('models.teach'))
    .argument('<data set>', t('models.dataSet'))
    .requiredOption('--name <name>', t('models.teachName'))
    .option('--set-version <number>', t('models.setVersion'), whole)
    .option('--base <model>', t('models.base'))
    .option('--activate', t('models.activateToo'))
    .action((dataSet: string, options: TeachOptions) =>
      withStudio(options, 'cli', async ({ models: registry, dataSets, teaching, jobs }) => {
        const { dataSetId, version } = versionOf(dataSets, dataSet, options.setVersion)
        const plan = await teaching.plan(dataSetId, version)
        const { jobId, model } = await teaching.start({
          dataSetId,
          version,
          name: nameOf(options.name),
          ...(options.base !== undefined && { baseModel: options.base }),
          activate: options.activate ?? false,
        })
        const job = await followJob(jobs, jobId, new Progress(t('models.reading')))
        const made = job.state === 'done' ? await registry.get(model.id, model.version) : null
        if (options.json) await writeJson({ job, plan, model: made })
        else if (made) tell(plan, made, job.failed)
        if (job.fault) printFault(job.fault)
        if (job.state === 'paused') return EXIT.interrupted
        if (!made) return EXIT.couldNotRun
        return job.failed > 0 ? EXIT.someFailed : EXIT.ok
      }),
    )
}

/** @throws NOT_FOUND for a data set that is not there, or none of whose versions is frozen */
function versionOf(dataSets: DataSets, name: string, wanted: number | undefined) {
  const { id, newest } = dataSets.named(name)
  const version = wanted ?? newest?.number
  if (version !== undefined) return { dataSetId: id, version }
  throw new LeptonError('NOT_FOUND', {
    expected: 'a frozen version',
    received: `${name} without one`,
    remedy: `lepton datasets freeze ${name}`,
  })
}

function nameOf(name: string): string {
  const trimmed = name.trim()
  if (trimmed.length > 0 && trimmed.length <= 80) return trimmed
  throw new LeptonError('INPUT_INVALID', {
    expected: '--name of 1 to 80 characters',
    received: `${trimmed.length}`,
    remedy: 'Give the model a name that says what it tells apart.',
  })
}

function tell({ labels, leftOut }: LessonPlan, made: InstalledModel, unread: number): void {
  const { manifest, active } = made
  const name = modelName(manifest)
  const rare = labels.filter(({ taught }) => !taught).map((label) => label.name[language])
  console.log(t('models.added', { name }))
  console.log(t('models.taught', { labels: manifest.labels.length, count: manifest.metrics[0]?.n ?? 0 }))
  for (const { reason, pictures } of leftOut) {
    console.log(`  ${t(`models.leftOut.${reason}`, { count: pictures, names: rare.join(', ') })}`)
  }
  if (unread > 0) console.log(`  ${t('models.unread', { count: unread })}`)
  for (const line of figureLines(manifest)) console.log(line)
  for (const line of stateLines(made)) console.log(line)
  if (!active) console.log(t('models.hint', { name }))
}
