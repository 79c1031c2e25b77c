import { implement } from '@orpc/server'
import { faults } from '#main/api/fault'
import { annotationsContract } from '#shared/contract/annotations'
import type { AnnotationService } from './types'

/** Procedures of `contract.annotations`. */
export function annotationProcedures(annotations: AnnotationService) {
  const api = implement(annotationsContract).use(faults)
  return api.router({
    list: api.list.handler(({ input }) => annotations.list(input)),
    ofImages: api.ofImages.handler(({ input }) => annotations.ofImages(input.studyId, input.imageIds)),
    counts: api.counts.handler(({ input }) => annotations.counts(input.seriesId)),
    decided: api.decided.handler(({ input }) => annotations.decided(input.seriesId, input.runId)),
    apply: api.apply.handler(({ input }) => annotations.apply(input)),
    decide: api.decide.handler(({ input }) => annotations.decide(input)),
    undo: api.undo.handler(({ input }) => annotations.undo(input.studyId, input.reader)),
    redo: api.redo.handler(({ input }) => annotations.redo(input.studyId, input.reader)),
    undoable: api.undoable.handler(({ input }) => annotations.undoable(input.studyId, input.reader)),
    history: api.history.handler(({ input }) => annotations.history(input.annotationId)),
    watch: api.watch.handler(async function* ({ input, signal }) {
      yield* annotations.watch(input.studyId, input.serial, signal)
    }),
    schemas: api.schemas.handler(() => annotations.schemas()),
    schema: api.schema.handler(({ input }) => annotations.schema(input.id, input.version)),
    saveSchema: api.saveSchema.handler(({ input }) => annotations.saveSchema(input)),
    importSchema: api.importSchema.handler(({ input }) => annotations.importSchema(input)),
  })
}
