import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { makeFolder } from '#main/make-folder'
import type { ScoringRequest } from '#shared/contract/scoring'
import { LeptonError } from '#shared/domain/fault'
import { precision } from '#shared/domain/model-manifest/files'
import { provider } from '#shared/domain/provider'
import type { Studio } from '../studio'
import { followExport, formatNames } from './export-command'
import { EXIT, printFault } from './faults'
import { followJob } from './follow-job'
import { printNotices } from './import-notices'
import { t } from './language'
import { Progress } from './progress'
import { printOutcome } from './score-outcome'
import { writeOut } from './stdout'
import { type DataOption, withStudio } from './studio'

interface ScoreOptions extends DataOption {
  model?: string
  out?: string
  masks?: boolean
  format?: string
  provider: string
  threshold?: string
  precision?: string
  flips?: boolean
  resume?: boolean
  json?: boolean
}

const providers = z.union([z.literal('auto'), provider])
const threshold = z.coerce.number().gt(0).lt(1)

export function scoreCommand(program: Command): void {
  program
    .command('score')
    .description(t('score.about'))
    .argument('<path...>', t('help.paths'))
    .option('--model <id[@version]>', t('score.model'))
    .option('--out <dir>', t('score.out'))
    .option('--masks', t('score.masks'))
    .option('--format <names>', t('score.format'))
    .option('--provider <name>', t('score.provider'), 'auto')
    .option('--threshold <p>', t('score.threshold'))
    .option('--precision <name>', t('score.precision'))
    .option('--flips', t('score.flips'))
    .option('--resume', t('score.resume'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .addHelpText('after', `\n${t('score.examples')}\n\n${t('notice')}`)
    .action((paths: string[], options: ScoreOptions) =>
      withStudio(options, 'cli', (studio) => score(studio, paths, options)),
    )
}

async function score(studio: Studio, paths: string[], options: ScoreOptions): Promise<number> {
  const request = requestOf(paths, options)
  if (options.format !== undefined) studio.exchange.check(formatNames(options.format))
  if (options.out !== undefined) await ensureWritable(options.out)
  const { jobId } = begin(studio, request, options.resume ?? false)
  const job = await followJob(studio.jobs, jobId, new Progress(t('score.reading')))
  if (job.state === 'paused') {
    console.error(`${t('score.interrupted')}\n  ${resumeLine()}`)
    return EXIT.interrupted
  }
  if (job.fault) printFault(job.fault)
  if (job.state !== 'done') return EXIT.couldNotRun
  if (job.total === 0) throw nothingToScore(paths)
  const folder = options.out === undefined ? null : resolve(options.out)
  if (folder !== null) await studio.scoring.writeReport(jobId, { folder, masks: options.masks ?? false })
  if (options.json) await writeOut(studio.scoring.document(jobId))
  else printOutcome(studio.scoring, job, folder)
  printNotices(studio.library, jobId)
  const written = await exportPredictions(studio, jobId, options)
  return written === EXIT.ok && job.failed > 0 ? EXIT.someFailed : written
}

async function exportPredictions(
  studio: Studio,
  jobId: number,
  { format, out, json }: ScoreOptions,
): Promise<number> {
  if (format === undefined || out === undefined) return EXIT.ok
  const exported = studio.exchange.export({
    target: { kind: 'predictions', jobId },
    formats: formatNames(format),
    folder: out,
  })
  return followExport(studio, exported.jobId, { out, quiet: json })
}

function begin(studio: Studio, request: ScoringRequest, resume: boolean): { jobId: number } {
  if (!resume) return studio.scoring.start(request)
  const { jobId, outcome } = studio.scoring.resume(request)
  const { done, total } = studio.jobs.get(jobId)
  if (outcome === 'continued') console.error(t('score.continued', { job: jobId, done, total: total ?? '?' }))
  if (outcome === 'done') console.error(t('score.alreadyDone', { job: jobId }))
  if (outcome === 'fresh') console.error(t('score.fresh'))
  return { jobId }
}

/** @throws INPUT_INVALID, or FILE_NOT_FOUND where none of the paths is there */
function requestOf(paths: string[], options: ScoreOptions): ScoringRequest {
  if (!paths.some((path) => existsSync(path))) {
    throw new LeptonError('FILE_NOT_FOUND', {
      expected: 'a file, folder or ZIP archive',
      received: paths.join(', '),
      remedy: 'Check the path, or connect the drive.',
    })
  }
  if ((options.masks || options.format !== undefined) && options.out === undefined) {
    throw new LeptonError('INPUT_INVALID', {
      expected: `--out <dir> with ${options.masks ? '--masks' : '--format'}`,
      received: 'no --out',
      remedy: 'Name the folder that the files are written to.',
    })
  }
  const wish = providers.safeParse(options.provider)
  if (!wish.success) {
    const names = ['auto', ...provider.options].join(', ')
    throw new LeptonError('INPUT_INVALID', { expected: `--provider ${names}`, received: options.provider })
  }
  const least = options.threshold === undefined ? null : threshold.safeParse(options.threshold)
  if (least && !least.success) {
    throw new LeptonError('INPUT_INVALID', {
      expected: '--threshold between 0 and 1',
      received: options.threshold ?? '',
    })
  }
  const weights = options.precision === undefined ? null : precision.safeParse(options.precision)
  if (weights && !weights.success) {
    throw new LeptonError('INPUT_INVALID', {
      expected: `--precision ${precision.options.join(', ')}`,
      received: options.precision ?? '',
    })
  }
  return {
    target: { kind: 'paths', paths: paths.map((path) => resolve(path)) },
    provider: wish.data,
    ...(options.model === undefined ? {} : { model: options.model }),
    ...(least?.success ? { threshold: least.data } : {}),
    ...(weights?.success ? { precision: weights.data } : {}),
    ...(options.flips ? { flips: true } : {}),
  }
}

const nothingToScore = (paths: string[]) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'at least one file to score',
    received: `no file in ${paths.join(', ')}`,
    remedy: 'Check the path; hidden files are passed over.',
  })

/** Told before hours of work, not after. */
async function ensureWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK)
  } catch (error) {
    throw new LeptonError('OUTPUT_UNWRITABLE', {
      expected: 'a folder that can be written',
      received: resolve(folder),
      remedy: 'Choose another folder with --out.',
      cause: error,
    })
  }
}

function resumeLine(): string {
  const given = process.argv
    .slice(2)
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : JSON.stringify(part)))
  return ['lepton', ...given, ...(given.includes('--resume') ? [] : ['--resume'])].join(' ')
}
