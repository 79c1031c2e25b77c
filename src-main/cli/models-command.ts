import type { Command } from 'commander'
import type { Models } from '#main/models/types'
import type { InstalledModel } from '#shared/contract/models'
import { modelName } from '#shared/domain/model-manifest/index'
import { EXIT, faultLine } from './faults'
import { t } from './language'
import { writeJson } from './stdout'
import { type DataOption, withStudio } from './studio'
import { trialLine } from './trial-line'

type Options = DataOption & { json?: boolean }

export function modelsCommand(program: Command): void {
  const models = program.command('models').description(t('models.about'))
  models
    .command('list', { isDefault: true })
    .description(t('models.list'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((options: Options) =>
      withStudio(options, 'cli', async (studio) => {
        await show(studio.models, await studio.models.list(), options)
        return EXIT.ok
      }),
    )
  models
    .command('verify')
    .description(t('models.verify'))
    .argument('[model...]', t('models.name'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((names: string[], options: Options) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        const wanted =
          names.length > 0
            ? names.map((name) => registry.find(name))
            : (await registry.list()).map(({ manifest }) => manifest)
        const verified: InstalledModel[] = []
        for (const { id, version } of wanted) verified.push(await registry.verify(id, version))
        await show(registry, verified, options)
        const broken = registry.faulty().length > 0 && names.length === 0
        return broken || verified.some((model) => model.chosen === null) ? EXIT.someFailed : EXIT.ok
      }),
    )
}

async function show(registry: Models, models: readonly InstalledModel[], options: Options): Promise<void> {
  const faulty = registry.faulty()
  if (options.json) {
    await writeJson({ models, faulty })
    return
  }
  if (models.length === 0 && faulty.length === 0) console.log(t('models.none'))
  for (const { manifest, active, fault, chosen, trials } of models) {
    const state = [
      t(active ? 'models.active' : 'models.inactive'),
      t(fault ? 'models.broken' : 'models.sound'),
      chosen ? t('models.runsOn', { provider: chosen }) : trials.length === 0 && t('models.untested'),
    ]
    console.log(`${modelName(manifest)}  ${state.filter(Boolean).join(', ')}`)
    if (fault) console.log(`  ${faultLine(fault)}`)
    for (const trial of trials) console.log(`  ${trialLine(trial, trial.provider === chosen)}`)
  }
  for (const { folder, fault } of faulty) console.log(`${folder}  ${faultLine(fault)}`)
}
