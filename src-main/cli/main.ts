import { Command } from 'commander'
import { findAppFolder } from '../app-folder'
import { convertCommand } from './convert-command'
import { datasetsCommand } from './datasets-command'
import { deidentifyCommand } from './deidentify-command'
import { doctorCommand } from './doctor-command'
import { exportCommand } from './export-command'
import { EXIT } from './faults'
import { importAnnotationsCommand } from './import-annotations-command'
import { importCommand } from './import-command'
import { inspectCommand } from './inspect/inspect-command'
import { t } from './language'
import { modelsCommand } from './models-command'
import { scoreCommand } from './score-command'
import { serveCommand } from './serve-command'
import { similarCommand } from './similar-command'
import { sourcesCommand } from './sources-command'

const titles: Record<string, string> = {
  'Usage:': t('help.usage'),
  'Arguments:': t('help.arguments'),
  'Options:': t('help.options'),
  'Global Options:': t('help.globalOptions'),
  'Commands:': t('help.commands'),
}

const program = new Command('lepton')
  .description(`${t('about')}\n${t('notice')}`)
  .version(findAppFolder().version, '-V, --version', t('help.version'))
  .helpOption('-h, --help', t('help.help'))
  .helpCommand(false)
  .configureHelp({ styleTitle: (title) => titles[title] ?? title })
  .showHelpAfterError()

scoreCommand(program)
serveCommand(program)
importCommand(program)
importAnnotationsCommand(program)
exportCommand(program)
convertCommand(program)
inspectCommand(program)
datasetsCommand(program)
modelsCommand(program)
similarCommand(program)
sourcesCommand(program)
deidentifyCommand(program)
doctorCommand(program)

// a reader that has gone (`lepton … | head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})

await program.parseAsync()
