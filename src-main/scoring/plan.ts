import type { Database } from '#main/database/open'
import type { Library } from '#main/library/types'
import type { Models } from '#main/models/types'
import type { ScoringPlan, ScoringRequest, ScoringTarget } from '#shared/contract/scoring'
import type { Fault } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import { type FactsRow, factsOf } from './assign'
import { type Choice, chooseModel } from './choose-model'
import { seriesOf } from './inputs'

/** Images of one series that are alike in what matters for the choice of a model. */
interface Kind extends FactsRow {
  seriesId: number
  images: number
}

const KINDS = `
SELECT instances.series_id AS seriesId, series.modality, instances.photometric, instances.samples, series.body_part,
  sum(instances.frames) AS images
FROM instances JOIN series ON series.id = instances.series_id
WHERE instances.SELECTION IN (SELECT value FROM json_each(?))
GROUP BY instances.series_id, instances.photometric, instances.samples`

/** What scoring would do with the images of a request that the library knows already; starts nothing. */
export function planScoring(
  database: Database,
  library: Library,
  models: Models,
  request: ScoringRequest,
): ScoringPlan {
  const asked = request.model === undefined ? null : models.find(request.model)
  const { kinds, without } = look(database, library, request.target)
  const choices = kinds.map((kind) => ({ kind, choice: chooseModel(models, factsOf(kind), asked) }))
  const because = (of: (choice: Choice) => Fault | null): Reason[] =>
    choices.flatMap(({ kind, choice }) => {
      const fault = of(choice)
      return fault ? [{ fault, images: kind.images }] : []
    })
  const fitting = choices.flatMap(({ kind: { seriesId, images }, choice }) =>
    choice.model ? [{ model: modelName(choice.model), seriesId, images }] : [],
  )
  return {
    images: sum(kinds) + without.length,
    models: [...Map.groupBy(fitting, ({ model }) => model)].map(([model, parts]) => ({
      model,
      images: sum(parts),
      series: new Set(parts.map(({ seriesId }) => seriesId)).size,
    })),
    warned: byReason(because((choice) => (choice.model ? choice.warning : null))),
    skipped: byReason([
      ...because((choice) => (choice.model ? null : choice.fault)),
      ...without.map((fault) => ({ fault, images: 1 })),
    ]),
  }
}

interface Reason {
  fault: Fault
  images: number
}

function byReason(reasons: readonly Reason[]): Reason[] {
  return [...Map.groupBy(reasons, ({ fault }) => JSON.stringify(fault)).values()].flatMap((parts) =>
    parts.slice(0, 1).map(({ fault }) => ({ fault, images: sum(parts) })),
  )
}

/** The images of a target by kind, and why files of it show none. */
function look(
  database: Database,
  library: Library,
  target: ScoringTarget,
): { kinds: Kind[]; without: Fault[] } {
  const kindsOf = (selection: 'id' | 'series_id', ids: readonly number[]) =>
    database.prepare<[string], Kind>(KINDS.replace('SELECTION', selection)).all(JSON.stringify(ids))
  if (target.kind !== 'paths') {
    return { kinds: kindsOf('series_id', seriesOf(database, library, target)), without: [] }
  }
  const instances = new Set<number>()
  const without: Fault[] = []
  for (const { image, fault } of library.imagesOf(target.paths)) {
    if (image) instances.add(image.instanceId)
    else if (fault) without.push(fault)
  }
  return { kinds: kindsOf('id', [...instances]), without }
}

const sum = (parts: readonly { images: number }[]) => parts.reduce((total, { images }) => total + images, 0)
