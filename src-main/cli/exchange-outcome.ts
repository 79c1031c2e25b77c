import { z } from 'zod'
import { fault } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import type { Studio } from '../studio'
import { EXIT, faultLine, printFault } from './faults'
import { t } from './language'
import { writeJson } from './stdout'

/** Items named on the terminal; the JSON has them all. */
const NAMED = 20

interface Item {
  path: string
  state: 'done' | 'skipped' | 'failed'
  fault: z.infer<typeof fault> | null
}

/** Tells what an exchange job wrote or took in and what it could not, and gives the exit status. */
export async function tellExchange(
  studio: Studio,
  job: Job,
  { how, summary }: { how: 'json' | 'stdout' | 'stderr'; summary: (files: number) => string },
): Promise<number> {
  const items = itemsOf(studio, job.id)
  const done = items.filter(({ state }) => state === 'done')
  const left = items.filter(({ state }) => state !== 'done')
  if (how === 'json') {
    const told = left.map(({ path, state, fault }) => ({ path, state, ...fault }))
    await writeJson({ job, files: done.map(({ path }) => path), problems: told })
  } else {
    const print = how === 'stdout' ? console.log : console.error
    print(summary(done.length))
    for (const { path, state, fault } of left.slice(0, NAMED)) {
      print(`  ${t(`exchange.${state}`)}: ${path}${fault ? `: ${faultLine(fault)}` : ''}`)
    }
    if (left.length > NAMED) print(`  ${t('score.failedMore', { count: left.length - NAMED })}`)
  }
  if (job.fault) printFault(job.fault)
  if (job.state === 'paused') return EXIT.interrupted
  if (job.state !== 'done') return EXIT.couldNotRun
  return items.some(({ state }) => state === 'failed') ? EXIT.someFailed : EXIT.ok
}

function itemsOf({ database }: Studio, jobId: number): Item[] {
  return database
    .prepare<[number], { path: string; state: string; fault: string | null }>(
      "SELECT path, state, fault FROM job_items WHERE job_id = ? AND state <> 'waiting' ORDER BY ordinal",
    )
    .all(jobId)
    .map(({ path, state, fault: reason }) => ({
      path,
      state: z.enum(['done', 'skipped', 'failed']).parse(state),
      fault: reason === null ? null : fault.parse(JSON.parse(reason)),
    }))
}
