import { createRouterClient } from '@orpc/server'
import { LibraryBench } from '#main/library/testing/bench'
import type { Scoring } from '#main/scoring/types'
import { LeptonError } from '#shared/domain/fault'
import type { SourceDraft } from '#shared/domain/source'
import { createIntake } from '../intake/service'
import { sourceProcedures } from '../procedures'
import { createSources } from '../service'

/** The sources over a fresh library with the real database, jobs and header readers, without the engine process. */
export class SourcesBench {
  readonly library = new LibraryBench()
  /** Import jobs for which scoring was asked. */
  readonly scored: number[] = []
  readonly sources
  readonly intake
  readonly client

  constructor() {
    const { database, jobs, library, data } = this.library
    const report = (error: unknown) => console.error(error)
    const deps = { database, jobs, library, scoring: this.#scoring(), dataFolder: data, report }
    this.intake = createIntake(deps, { quietMs: 200, everyMs: 100 })
    this.sources = createSources(deps, this.intake)
    this.client = createRouterClient(sourceProcedures(this.sources, this.intake))
  }

  add(place: SourceDraft['place'], secret?: string, name = 'archive') {
    return this.sources.add({ name, place, secret })
  }

  settled(jobId: number) {
    return this.library.jobs.settled(jobId)
  }

  /** State and code of every item of a job, by path. */
  items(jobId: number) {
    const rows = this.library.database
      .prepare<[number], { path: string; state: string; fault: string | null }>(
        'SELECT path, state, fault FROM job_items WHERE job_id = ? ORDER BY ordinal',
      )
      .all(jobId)
    return rows.map(({ path, state, fault }) => ({
      path,
      state,
      code: fault ? JSON.parse(fault).code : null,
    }))
  }

  async close() {
    await this.intake.close()
    await this.library.close()
  }

  #scoring(): Scoring {
    const unused = () => {
      throw new LeptonError('INTERNAL', { received: 'not part of this test' })
    }
    return {
      plan: () => ({ images: 1, models: [{ model: 'some', images: 1, series: 1 }], warned: [], skipped: [] }),
      start: ({ target }) => {
        if (target.kind === 'import') this.scored.push(target.jobId)
        return { jobId: 0 }
      },
      resume: unused,
      results: unused,
      counts: unused,
      warnings: unused,
      summary: unused,
      flipCost: unused,
      measureFlips: unused,
      document: unused,
      writeReport: unused,
    }
  }
}
