import type { Annotations } from '#main/annotations/types'
import type { Database } from '#main/database/open'
import type { Models } from '#main/models/types'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { ExportImage, ExportSeries, ExportSet } from '../types'
import { labelsOf } from './label-of'
import { type PictureEngine, pictureOf } from './picture'
import { probabilityOf } from './probability'
import { seriesIdentity, seriesOfStudies, stackOf } from './stack'

export interface SetDeps {
  database: Database
  engine: PictureEngine
  models: Pick<Models, 'knownLabels'>
  annotations: Pick<Annotations, 'forStudy' | 'schemas' | 'schema'>
}

/** What readers say of studies, rejected proposals left out. `reader`: of this one only. */
export function annotatedSet(
  deps: SetDeps,
  { name, studyIds, reader }: { name: string; studyIds: readonly number[]; reader?: string | undefined },
): ExportSet {
  const { database, models, annotations } = deps
  const schemas = annotations.schemas().map(({ id }) => annotations.schema(id))
  return {
    name,
    labels: labelsOf(usedLabels(database, studyIds), schemas, models.knownLabels()),
    total: seriesOfStudies(database, studyIds).length,
    *outline() {
      for (const seriesId of seriesOfStudies(database, studyIds)) {
        const images = stackOf(database, seriesId).map((identity) => ({ identity }))
        yield { identity: seriesIdentity(database, seriesId), images }
      }
    },
    async *series() {
      for (const studyId of studyIds) {
        const query = { rejected: false, ...(reader === undefined ? {} : { readers: [reader] }) }
        const study = annotations.forStudy(studyId, query)
        const byImage = new Map(study.images.map((image) => [image.imageId, image.annotations]))
        for (const [place, seriesId] of seriesOfStudies(database, [studyId]).entries()) {
          const tags = study.tags.filter((tag) =>
            tag.seriesId === null ? place === 0 : tag.seriesId === seriesId,
          )
          yield annotatedSeries(deps, seriesId, byImage, tags)
        }
      }
    },
  }
}

function annotatedSeries(
  { database, engine }: SetDeps,
  seriesId: number,
  byImage: ReadonlyMap<number, readonly Annotation[]>,
  tags: readonly Annotation[],
): ExportSeries {
  const stack = stackOf(database, seriesId)
  const runId = runOf(stack.flatMap(({ imageId }) => byImage.get(imageId) ?? []))
  const images = stack.map((identity): ExportImage => {
    const { imageId, rows, columns } = identity
    return {
      identity,
      annotations: byImage.get(imageId) ?? [],
      probability: (label) =>
        runId === null ? null : probabilityOf(database, { runId, imageId, label, pixels: rows * columns }),
      ...pictureOf(engine, identity),
    }
  })
  return { identity: seriesIdentity(database, seriesId), images, tags }
}

/** The newest run that annotations of a series came from. */
function runOf(annotations: readonly Annotation[]): number | null {
  const runs = annotations.flatMap(({ origin }) => origin?.runId ?? [])
  return runs.length === 0 ? null : Math.max(...new Set(runs))
}

function usedLabels(database: Database, studyIds: readonly number[]): string[] {
  return database
    .prepare<[string], string>(
      `SELECT DISTINCT label FROM annotations
       WHERE state <> 'rejected' AND study_id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(studyIds))
}
