import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'
import { uid } from '#shared/domain/source'
import type { Studio } from '../../studio'
import { EXIT, faultLine, printFault } from '../faults'
import { followJob } from '../follow-job'
import { t } from '../language'
import { Progress } from '../progress'
import { writeJson } from '../stdout'
import { withStudio } from '../studio'
import { type SourcesOptions, sourcesSubcommand } from './options'

/** Failures named on the terminal; --json has them all. */
const NAMED = 20

export function fetchCommand(sources: Command): void {
  sourcesSubcommand(sources, 'fetch', t('sources.fetch'))
    .argument('<name>', t('sources.name'))
    .argument('<study[/series]...>', t('sources.parts'))
    .action((name: string, parts: string[], options: SourcesOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const { id } = studio.sources.find(name)
        return finished(studio, studio.sources.fetch(id, parts.map(partOf)).jobId, 'fetched', options)
      }),
    )
}

export function sendCommand(sources: Command): void {
  sourcesSubcommand(sources, 'send', t('sources.send'))
    .argument('<name>', t('sources.name'))
    .argument('<path...>', t('sources.paths'))
    .action((name: string, paths: string[], options: SourcesOptions) =>
      withStudio(options, 'cli', async (studio) => {
        const { id } = studio.sources.find(name)
        const files = (await Promise.all(paths.map(filesBelow))).flat()
        return finished(studio, studio.sources.sendFiles(id, files).jobId, 'sent', options)
      }),
    )
}

/** @throws INPUT_INVALID */
function partOf(text: string) {
  const [studyUid = '', seriesUid, ...rest] = text.split('/')
  const parsed = z.object({ studyUid: uid, seriesUid: uid.optional() }).safeParse({ studyUid, seriesUid })
  if (parsed.success && rest.length === 0) return parsed.data
  throw new LeptonError('INPUT_INVALID', {
    expected: 'Study Instance UIDs, or <study>/<series>',
    received: text,
  })
}

/** A file, or the files of a folder in order; hidden ones are passed over. */
async function filesBelow(path: string): Promise<string[]> {
  const stats = await stat(path).catch(() => null)
  if (!stats?.isDirectory()) return [resolve(path)]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => resolve(join(entry.parentPath, entry.name)))
    .sort()
}

async function finished(
  studio: Studio,
  jobId: number,
  done: 'fetched' | 'sent',
  { json }: SourcesOptions,
): Promise<number> {
  const job = await followJob(studio.jobs, jobId, new Progress(t(`sources.${done}Now`)))
  const failures = studio.sources.failures(jobId)
  if (json) await writeJson({ job, failures })
  else {
    console.log(t(`sources.${done}`, { done: job.done, skipped: job.skipped, failed: job.failed }))
    for (const { path, fault: why } of failures.slice(0, NAMED)) {
      console.log(`  ${path}: ${faultLine(why)}`)
    }
  }
  if (job.fault) printFault(job.fault)
  if (job.state === 'paused') return EXIT.interrupted
  if (job.state !== 'done') return EXIT.couldNotRun
  return job.failed > 0 ? EXIT.someFailed : EXIT.ok
}
