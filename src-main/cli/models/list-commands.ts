import type { Command } from 'commander'
import type { Models } from '#main/models/types'
import type { InstalledModel } from '#shared/contract/models'
import { EXIT, faultLine } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { cardLines, modelLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

export function listCommand(models: Command): void {
  models
    .command('list', { isDefault: true })
    .description(t('models.list'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((options: ModelsOptions) =>
      withStudio(options, 'cli', async (studio) => {
        await printModels(studio.models, await studio.models.list(), options)
        return EXIT.ok
      }),
    )
}

export function showCommand(models: Command): void {
  modelsSubcommand(models, 'show', t('models.show'))
    .argument('<model>', t('models.one'))
    .action((name: string, options: ModelsOptions) =>
      withStudio(options, 'cli', async ({ models: registry }) => {
        const { id, version } = registry.find(name)
        const model = await registry.get(id, version)
        if (options.json) {
          await writeJson(model)
          return EXIT.ok
        }
        for (const line of [...modelLines(model), ...cardLines(model)]) console.log(line)
        return EXIT.ok
      }),
    )
}

/** Models and what lies beside them and cannot be read, as lines or as one document. */
export async function printModels(
  registry: Models,
  models: readonly InstalledModel[],
  { json }: ModelsOptions,
): Promise<void> {
  const faulty = registry.faulty()
  if (json) {
    await writeJson({ models, faulty })
    return
  }
  if (models.length === 0 && faulty.length === 0) console.log(t('models.none'))
  for (const model of models) for (const line of modelLines(model)) console.log(line)
  for (const { folder, fault } of faulty) console.log(`${folder}  ${faultLine(fault)}`)
}
