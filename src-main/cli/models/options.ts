import type { Command } from 'commander'
import { t } from '../language'
import type { DataOption } from '../studio'

export type ModelsOptions = DataOption & { json?: boolean }

/** A command below `models` with the options that all of them have. */
export function modelsSubcommand(models: Command, name: string, about: string): Command {
  return models
    .command(name)
    .description(about)
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
}
