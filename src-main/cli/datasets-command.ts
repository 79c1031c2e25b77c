import type { Command } from 'commander'
import { checkCommand, nextCommand, statsCommand } from './datasets/look-commands'
import { createCommand, listCommand, removeCommand, showCommand } from './datasets/set-commands'
import { diffCommand, freezeCommand, splitCommand } from './datasets/version-commands'
import { t } from './language'

export function datasetsCommand(program: Command): void {
  const datasets = program
    .command('datasets')
    .description(t('datasets.about'))
    .addHelpText('after', `\n${t('datasets.examples')}`)
  listCommand(datasets)
  createCommand(datasets)
  showCommand(datasets)
  removeCommand(datasets)
  freezeCommand(datasets)
  diffCommand(datasets)
  splitCommand(datasets)
  checkCommand(datasets)
  statsCommand(datasets)
  nextCommand(datasets)
}
