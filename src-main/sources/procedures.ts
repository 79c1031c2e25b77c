import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { sourcesContract } from '#shared/contract/sources'
import type { Intake, Sources } from './types'

/** Procedures of `contract.sources`. */
export function sourceProcedures(sources: Sources, intake: Intake) {
  const api = implement(sourcesContract).use(faults)
  return api.router({
    list: api.list.handler(() => sources.list()),
    add: api.add.handler(({ input }) => sources.add(input)),
    change: api.change.handler(({ input }) => sources.change(input.sourceId, input.draft)),
    remove: api.remove.handler(({ input }) => sources.remove(input.sourceId)),
    test: api.test.handler(({ input, signal }) => sources.test(input, signal)),
    search: api.search.handler(({ input, signal }) => sources.search(input.sourceId, input.query, signal)),
    series: api.series.handler(({ input, signal }) => sources.series(input.sourceId, input.studyUid, signal)),
    fetch: api.fetch.handler(({ input }) => sources.fetch(input.sourceId, input.parts, input.title)),
    send: api.send.handler(({ input }) => sources.send(input.sourceId, input.studyIds)),
    sendFiles: api.sendFiles.handler(({ input }) => sources.sendFiles(input.sourceId, input.paths)),
    intake: api.intake.handler(() => intake.state()),
    saveIntake: api.saveIntake.handler(({ input }) => intake.save(input)),
  })
}
