import { resolve } from 'node:path'
import type { Command } from 'commander'
import { fault } from '#shared/domain/fault'
import { EXIT, faultLine, printFault } from './faults'
import { followJob } from './follow-job'
import { t } from './language'
import { Progress } from './progress'
import { writeJson } from './stdout'
import { type DataOption, withStudio } from './studio'

/** Problems named on the terminal; the library lists them all. */
const NAMED = 20

export function importCommand(program: Command): void {
  program
    .command('import')
    .description(t('import.about'))
    .argument('<path...>', t('help.paths'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .action((paths: string[], options: DataOption & { json?: boolean }) =>
      withStudio(options, 'cli', async ({ library, jobs }) => {
        const { jobId } = library.import(paths.map((path) => resolve(path)))
        const job = await followJob(jobs, jobId, new Progress(t('score.reading')))
        const problems = library.problems({ jobId, offset: 0, limit: NAMED })
        if (options.json) {
          await writeJson({ job, problems: problems.items })
        } else {
          console.log(t('import.done', { done: job.done, skipped: job.skipped, failed: job.failed }))
          for (const problem of problems.items) {
            if (problem.kind === 'unreadable')
              console.log(`  ${problem.path}: ${faultLine(fault.parse(problem))}`)
          }
        }
        if (job.fault) printFault(job.fault)
        if (job.state === 'paused') return EXIT.interrupted
        if (job.state !== 'done') return EXIT.couldNotRun
        return job.failed > 0 ? EXIT.someFailed : EXIT.ok
      }),
    )
}
