import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { libraryContract } from '#shared/contract/library'
import type { Library } from './types'

/** Procedures of `contract.library`. */
export function libraryProcedures(library: Library) {
  const api = implement(libraryContract).use(faults)
  return api.router({
    overview: api.overview.handler(() => library.overview()),
    studies: api.studies.handler(({ input }) => library.studies(input)),
    study: api.study.handler(({ input }) => library.study(input.studyId)),
    otherStudies: api.otherStudies.handler(({ input }) => library.otherStudies(input.studyId)),
    seriesImages: api.seriesImages.handler(({ input }) => library.seriesImages(input.seriesId)),
    header: api.header.handler(({ input }) => library.header(input.imageId)),
    import: api.import.handler(({ input }) => library.import(input.paths)),
    openSample: api.openSample.handler(({ input }) => library.openSample(input.sample)),
    problems: api.problems.handler(({ input }) => library.problems(input)),
    remove: api.remove.handler(({ input }) => ({ removed: library.remove(input.studyIds) })),
    changes: api.changes.handler(async function* ({ signal }) {
      yield* library.changes(signal)
    }),
  })
}
