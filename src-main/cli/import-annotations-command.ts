import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { tellExchange } from './exchange-outcome'
import { followJob } from './follow-job'
import { t } from './language'
import { Progress } from './progress'
import { type DataOption, withStudio } from './studio'

interface ImportOptions extends DataOption {
  reader?: string
  json?: boolean
}

export function importAnnotationsCommand(program: Command): void {
  program
    .command('import-annotations')
    .description(t('exchange.import.about'))
    .argument('<path...>', t('exchange.import.paths'))
    .option('--reader <name>', t('exchange.import.reader'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .addHelpText('after', `\n${t('notice')}`)
    .action((paths: string[], options: ImportOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const reader = options.reader ?? userInfo().username
        const { jobId } = studio.exchange.importAnnotations({ paths, reader })
        const job = await followJob(studio.jobs, jobId, new Progress(t('score.reading')))
        const summary = (count: number) => t('exchange.import.read', { count })
        return tellExchange(studio, job, { how: options.json ? 'json' : 'stdout', summary })
      }),
    )
}
