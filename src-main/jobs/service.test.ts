import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import type { Job } from '#shared/domain/job'
import { createJobs } from './service'
import type { JobContext, Jobs } from './types'

const newJob = (title: string) => ({ kind: 'score' as const, title, request: { title }, fingerprint: title })

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

describe('jobs', () => {
  let database: Database
  let jobs: Jobs
  beforeEach(() => {
    database = openDatabase(':memory:')
    jobs = createJobs(database)
  })
  afterEach(async () => {
    await jobs.close()
    database.close()
  })

  it('runs one job of a kind after the other and keeps the counts', async () => {
    const order: string[] = []
    jobs.register('score', async ({ request, progress }) => {
      order.push(`begin ${JSON.stringify(request)}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      progress({ total: 3, done: 2, failed: 1 })
      order.push('end')
    })
    const first = jobs.start(newJob('a'))
    const second = jobs.start(newJob('b'))
    expect(jobs.get(second).state).toBe('waiting')
    expect(await jobs.settled(second)).toMatchObject({ state: 'done', total: 3, done: 2, failed: 1 })
    expect(jobs.get(first)).toMatchObject({ state: 'done', fault: null })
    expect(order).toEqual(['begin {"title":"a"}', 'end', 'begin {"title":"b"}', 'end'])
  })

  it('pauses, resumes from where it stood and cancels', async () => {
    let from = 0
    jobs.register('score', async ({ signal, progress }: JobContext) => {
      progress({ total: 2, done: ++from })
      if (from < 2) await aborted(signal)
    })
    const id = jobs.start(newJob('a'))
    expect(jobs.pause(id).state).toBe('paused')
    expect(await jobs.settled(id)).toMatchObject({ state: 'paused', done: 1 })
    jobs.resume(id)
    expect(await jobs.settled(id)).toMatchObject({ state: 'done', done: 2 })
    expect(() => jobs.cancel(id)).toThrow(/JOB_STATE/)
    from = 0
    const other = jobs.start(newJob('b'))
    expect(jobs.cancel(other).state).toBe('cancelled')
    expect(jobs.findNewest('b')?.id).toBe(other)
    expect(jobs.findNewest('c')).toBeNull()
  })

  it('can be resumed while the runner it had is still returning', async () => {
    let running = 0
    let most = 0
    jobs.register('score', async ({ signal }) => {
      most = Math.max(most, ++running)
      if (most === 1 && !signal.aborted) await aborted(signal)
      await new Promise((resolve) => setTimeout(resolve, 10))
      most = 2
      running -= 1
    })
    const id = jobs.start(newJob('a'))
    jobs.pause(id)
    jobs.resume(id)
    expect((await jobs.settled(id)).state).toBe('done')
    expect(running).toBe(0)
  })

  it('ends a job whose runner throws, with the reason', async () => {
    jobs.register('score', async () => {
      throw new LeptonError('DISK_FULL', { remedy: 'Make room.' })
    })
    const job = await jobs.settled(jobs.start(newJob('a')))
    expect(job).toMatchObject({ state: 'failed', fault: { code: 'DISK_FULL', remedy: 'Make room.' } })
  })

  it('marks what a process that is gone left running as interrupted, and resumes it', async () => {
    jobs.register('score', ({ signal }) => aborted(signal))
    const id = jobs.start(newJob('a'))
    await jobs.close()
    expect(jobs.get(id).state).toBe('interrupted')
    database.prepare("UPDATE jobs SET state = 'running', runner_pid = 999999999 WHERE id = ?").run(id)
    jobs = createJobs(database)
    expect(jobs.get(id).state).toBe('interrupted')
    jobs.register('score', async () => {})
    jobs.resume(id)
    expect((await jobs.settled(id)).state).toBe('done')
  })

  it('leaves a job alone that another living process runs', () => {
    const id = jobs.start(newJob('a'))
    database
      .prepare("UPDATE jobs SET state = 'running', runner_pid = ?, heartbeat_at = ? WHERE id = ?")
      .run(process.ppid, new Date().toISOString(), id)
    const others = createJobs(database)
    expect(others.get(id).state).toBe('running')
    expect(() => others.pause(id)).toThrow(/JOB_STATE/)
    database.prepare("UPDATE jobs SET heartbeat_at = '2020-01-01T00:00:00Z' WHERE id = ?").run(id)
    expect(createJobs(database).get(id).state).toBe('interrupted')
  })

  it('shows the newest snapshot at most four times a second, with the rate', async () => {
    jobs.register('score', async ({ progress }) => {
      for (let done = 1; done <= 120; done++) {
        progress({ total: 240, done })
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })
    const id = jobs.start(newJob('a'))
    const seen: Job[] = []
    for await (const job of jobs.watch(id)) {
      seen.push(job)
      if (job.state === 'done') break
    }
    const moving = seen.filter((job) => job.rate !== null)
    expect(moving.length).toBeGreaterThan(0)
    expect(moving.at(-1)?.remainingSeconds).toBeGreaterThan(0)
    expect(seen.length).toBeLessThan(10)
    expect(seen.at(-1)?.done).toBe(120)
  })
})
