import type { Command } from 'commander'
import { t } from '../language'
import type { DataOption } from '../studio'

export type DataSetsOptions = DataOption & { json?: boolean }

/** A command below `datasets` with the options that all of them have. */
export function datasetsSubcommand(datasets: Command, name: string, about: string): Command {
  return datasets
    .command(name)
    .description(about)
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
}
