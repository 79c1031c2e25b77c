import type { Command } from 'commander'
import { t } from './language'
import { addCommand, listCommand, removeCommand, testCommand } from './sources/connection-commands'
import { searchCommand } from './sources/search-command'
import { fetchCommand, sendCommand } from './sources/transfer-commands'

export function sourcesCommand(program: Command): void {
  const sources = program
    .command('sources')
    .description(t('sources.about'))
    .addHelpText('after', `\n${t('sources.examples')}`)
  listCommand(sources)
  addCommand(sources)
  testCommand(sources)
  searchCommand(sources)
  fetchCommand(sources)
  sendCommand(sources)
  removeCommand(sources)
}
