import type { FrozenSet } from '#main/datasets/types'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import type { ExportImage, ExportSet, ImageIdentity } from '../types'
import type { SetDeps } from './annotated-set'
import { identities, seriesIdentity } from './stack'
import { variantsOf } from './variants'

/** A frozen version of a data set, series by series; pictures that have left the library since are not in it. */
export function frozenVersion(
  { database, engine }: Pick<SetDeps, 'database' | 'engine'>,
  { name, labels, images }: FrozenSet,
  recipe?: AugmentationRecipe,
): ExportSet {
  const wanted = new Map(images.map((image) => [image.imageId, image]))
  const found = identities(
    database,
    'images.id IN (SELECT value FROM json_each(?)) ORDER BY series.study_id, series.id, images.ordinal, images.id',
    JSON.stringify([...wanted.keys()]),
  )
  const bySeries = Map.groupBy(found, ({ seriesId }) => seriesId)
  const imageOf = (identity: ImageIdentity): ExportImage => {
    const { annotations = [], part = null } = wanted.get(identity.imageId) ?? {}
    return {
      identity,
      annotations,
      probability: () => null,
      pixels: () => engine.frame({ path: identity.source, frame: identity.frame }),
      ...(part !== null && { part }),
    }
  }
  return {
    name,
    labels,
    total: bySeries.size,
    async *series() {
      for (const [seriesId, stack] of bySeries) {
        const identity = seriesIdentity(database, seriesId)
        const own = stack.map(imageOf)
        // a volume is one picture: slices varied each for itself would tear it
        const variants =
          recipe && !identity.series.volume ? own.flatMap((image) => variantsOf(image, recipe)) : []
        yield { identity, images: [...own, ...variants], tags: [] }
      }
    },
  }
}
