import type { Command } from 'commander'
import type { FaultyPackage } from '#main/models/package'
import type { InstalledModel } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { EXIT, faultLine } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { cardLines, modelLines, stateLines } from './model-lines'
import { type ModelsOptions, modelsSubcommand } from './options'

export function listCommand(models: Command): void {
  models
    .command('list', { isDefault: true })
    .description(t('models.list'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .allowExcessArguments()
    .action((options: ModelsOptions, command: Command) =>
      withStudio(options, 'cli', async (studio) => {
        const [unknown] = command.args
        if (unknown !== undefined) throw noSuchCommand(models, unknown)
        await printModels(await studio.models.list(), studio.models.faulty(), options, stateLines)
        return EXIT.ok
      }),
    )
}

/** As `list` is what `lepton models` does by itself, a word it does not know was meant as a command. */
function noSuchCommand(models: Command, received: string): LeptonError {
  const names = models.commands.map((command) => command.name())
  return new LeptonError('INPUT_INVALID', { expected: `lepton models ${names.join(' | ')}`, received })
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
  models: readonly InstalledModel[],
  faulty: readonly FaultyPackage[],
  { json }: ModelsOptions,
  linesOf: (model: InstalledModel) => Iterable<string>,
): Promise<void> {
  if (json) {
    await writeJson({ models, faulty })
    return
  }
  if (models.length === 0 && faulty.length === 0) console.log(t('models.none'))
  for (const model of models) for (const line of linesOf(model)) console.log(line)
  for (const { folder, fault } of faulty) console.log(`${folder}  ${faultLine(fault)}`)
}
