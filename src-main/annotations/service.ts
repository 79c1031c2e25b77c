import type { Database } from '#main/database/open'
import type { Models } from '#main/models/types'
import type { Applied } from '#shared/contract/annotations'
import { builtInSchemas } from './built-in-schemas'
import { Followers } from './follow'
import { Journal, type Touched } from './journal'
import { annotationsOfImages, countsOf, historyOf, listAnnotations } from './lists'
import { labelsOfModels } from './model-labels'
import { actionOf } from './proposals'
import { AnnotationReading } from './reading'
import { LabelSchemas } from './schemas'
import { AnnotationStore } from './store'
import type { AnnotationService } from './types'

export interface AnnotationDeps {
  database: Database
  /** For what they call things. */
  models: Pick<Models, 'knownLabels' | 'find'>
}

/** What readers say of images, over the tables of annotations. */
export function createAnnotations({ database, models }: AnnotationDeps): AnnotationService {
  const store = new AnnotationStore(database)
  const journal = new Journal(store)
  const followers = new Followers(store)
  const reading = new AnnotationReading(database)
  const schemas = new LabelSchemas(database, () => builtInSchemas(labelsOfModels(models)))

  const answer = ({ studyId, reader, ids }: Touched): Applied => {
    const annotations = store.findAll(ids)
    const there = new Set(annotations.map(({ id }) => id))
    return {
      serial: store.serialOf(studyId),
      annotations,
      removed: ids.filter((id) => !there.has(id)),
      undoable: journal.undoable(studyId, reader),
    }
  }
  const done = (touched: Touched): Applied => {
    followers.tell()
    return answer(touched)
  }

  return {
    forStudy: (studyId, query) => reading.study(studyId, query),
    forSeries: (seriesId, query) => reading.series(seriesId, query),
    forImages: (imageIds, query) => reading.images(imageIds, query),

    apply: (action) => done(journal.apply(action)),
    decide(decision) {
      const { action, before } = actionOf(database, decision)
      const { studyId, reader } = decision
      return action
        ? done(journal.apply(action))
        : answer({ studyId, reader, ids: before.map(({ id }) => id) })
    },
    undo(studyId, reader) {
      const touched = journal.undo(studyId, reader)
      return touched && done(touched)
    },
    redo(studyId, reader) {
      const touched = journal.redo(studyId, reader)
      return touched && done(touched)
    },
    history: (annotationId) => historyOf(database, annotationId),
    watch: (studyId, serial, signal) => followers.watch(studyId, serial, signal),

    schemas: () => schemas.list(),
    schema: (id, version) => schemas.read(id, version),
    saveSchema: (schema) => schemas.save(schema),
    importSchema: (schema) => schemas.import(schema),

    undoable: (studyId, reader) => journal.undoable(studyId, reader),
    decided: (seriesId, runId) => reading.decided(seriesId, runId),
    counts: (seriesId) => countsOf(database, seriesId),
    list: (query) => ({
      serial: store.serialOf(query.studyId),
      ...listAnnotations(database, query),
    }),
    ofImages: (studyId, imageIds) => ({
      serial: store.serialOf(studyId),
      items: annotationsOfImages(database, studyId, imageIds),
    }),
  }
}
