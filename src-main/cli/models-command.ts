import type { Command } from 'commander'
import { t } from './language'
import { addCommand, removeCommand } from './models/install-commands'
import { listCommand, showCommand } from './models/list-commands'
import { teachCommand } from './models/teach-command'
import { benchCommand, verifyCommand } from './models/test-commands'
import { activateCommand, rollbackCommand } from './models/use-commands'

export function modelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description(t('models.about'))
    .addHelpText('after', `\n${t('models.examples')}`)
  listCommand(models)
  showCommand(models)
  verifyCommand(models)
  addCommand(models)
  teachCommand(models)
  activateCommand(models)
  rollbackCommand(models)
  removeCommand(models)
  benchCommand(models)
}
