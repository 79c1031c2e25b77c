import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { allowListLines } from '#main/deidentify/dicom/private-allow-list'
import type { ExportRequest } from '#shared/contract/deidentify'
import { LeptonError } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import type { Studio } from '../studio'
import { EXIT, faultLine, printFault } from './faults'
import { followJob } from './follow-job'
import { t } from './language'
import { Progress } from './progress'
import { writeOut } from './stdout'
import { type DataOption, withStudio } from './studio'

interface DeidentifyOptions extends DataOption {
  out: string
  retainDates?: string
  retainDevice?: boolean
  cleanDescriptors?: boolean
  cleanPixels?: boolean
  keepPrivate?: string
  keyTable?: string
  json?: boolean
}

/** Files named on the terminal; the report lists them all. */
const NAMED = 20

export function deidentifyCommand(program: Command): void {
  program
    .command('deidentify')
    .description(t('deidentify.about'))
    .argument('<path...>', t('deidentify.paths'))
    .requiredOption('--out <dir>', t('deidentify.out'))
    .option('--retain-dates <how>', t('deidentify.retainDates'))
    .option('--retain-device', t('deidentify.retainDevice'))
    .option('--clean-descriptors', t('deidentify.cleanDescriptors'))
    .option('--clean-pixels', t('deidentify.cleanPixels'))
    .option('--keep-private <file>', t('deidentify.keepPrivate'))
    .option('--key-table <file>', t('deidentify.keyTable'))
    .option('--json', t('help.json'))
    .option('--data <dir>', t('help.data'))
    .addHelpText('after', `\n${t('deidentify.examples')}\n\n${t('notice')}`)
    .action((paths: string[], options: DeidentifyOptions) =>
      withStudio(options, 'cli', (studio) => deidentify(studio, paths, options)),
    )
}

async function deidentify(studio: Studio, paths: string[], options: DeidentifyOptions): Promise<number> {
  const { jobId } = await studio.exports.start(requestOf(paths, options))
  const job = await followJob(studio.jobs, jobId, new Progress(t('score.reading')))
  if (options.json) await writeOut(document(studio, job))
  else printOutcome(studio, job)
  if (job.fault) printFault(job.fault)
  if (job.state === 'paused') return EXIT.interrupted
  if (job.state !== 'done' || job.done === 0) return EXIT.couldNotRun
  return job.failed > 0 ? EXIT.someFailed : EXIT.ok
}

/** @throws INPUT_INVALID, or FILE_NOT_FOUND where none of the paths is there */
function requestOf(paths: string[], options: DeidentifyOptions): ExportRequest {
  if (!paths.some((path) => existsSync(path))) {
    throw new LeptonError('FILE_NOT_FOUND', {
      expected: 'a file or folder',
      received: paths.join(', '),
      remedy: 'Check the path, or connect the drive.',
    })
  }
  if (options.retainDates !== undefined && options.retainDates !== 'shifted') {
    throw new LeptonError('INPUT_INVALID', {
      expected: '--retain-dates shifted',
      received: options.retainDates,
    })
  }
  return {
    target: { kind: 'paths', paths },
    folder: resolve(options.out),
    deidentify: {
      retainDates: options.retainDates === 'shifted',
      retainDevice: options.retainDevice ?? false,
      cleanDescriptors: options.cleanDescriptors ?? false,
      cleanPixels: options.cleanPixels ?? false,
      keepPrivate: options.keepPrivate === undefined ? [] : readAllowList(options.keepPrivate),
    },
    reviewed: [],
    keyTable: options.keyTable ?? null,
  }
}

function readAllowList(path: string): string[] {
  try {
    return allowListLines(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new LeptonError('FILE_UNREADABLE', {
      expected: 'a list of private elements',
      received: path,
      cause,
    })
  }
}

function printOutcome(studio: Studio, job: Job): void {
  const { folder, written, masked, risks, reports } = studio.exports.outcome(job.id)
  console.log(t('deidentify.counts', { count: written, skipped: job.skipped, failed: job.failed }))
  if (masked > 0) console.log(t('deidentify.masked', { count: masked }))
  for (const { risk, files } of risks) console.log(`  ${t(`deidentify.risk.${risk}`, { count: files })}`)
  let named = 0
  for (const { path, state, fault } of studio.exports.files(job.id)) {
    if (fault === null || state === 'done' || named++ >= NAMED) continue
    console.log(`  ${path}: ${faultLine(fault)}`)
  }
  if (named > NAMED) console.log(`  ${t('deidentify.more', { count: named - NAMED })}`)
  if (written > 0) console.log(t('score.written', { folder }))
  for (const report of reports) console.log(`  ${report}`)
}

/** Every file with its path: for the person at the terminal; the reports in the folder name no one. */
function* document(studio: Studio, job: Job): Generator<string> {
  const { missing: _, ...outcome } = studio.exports.outcome(job.id)
  yield `${JSON.stringify({ job, ...outcome }, null, 2).slice(0, -2)},\n  "files": [`
  let separator = '\n    '
  for (const { path, output, report, state } of studio.exports.files(job.id)) {
    if (state !== 'done') continue
    const facts = { masked: (report?.masked.length ?? 0) > 0, risks: report?.risks ?? [] }
    yield separator + JSON.stringify({ path, output, ...facts })
    separator = ',\n    '
  }
  yield '\n  ],\n  "missing": ['
  separator = '\n    '
  for (const { path, state, fault } of studio.exports.files(job.id)) {
    if (state === 'done' || fault === null) continue
    yield separator + JSON.stringify({ path, state, ...fault })
    separator = ',\n    '
  }
  yield '\n  ]\n}\n'
}
