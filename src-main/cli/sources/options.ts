import type { Command } from 'commander'
import { t } from '../language'
import type { DataOption } from '../studio'

export type SourcesOptions = DataOption & { json?: boolean }

/** A command below `sources` with the options that all of them have. */
export function sourcesSubcommand(sources: Command, name: string, about: string): Command {
  return sources
    .command(name)
    .description(about)
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
}
