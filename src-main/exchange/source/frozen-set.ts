import type { FrozenSet } from '#main/datasets/types'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import { isPhotograph } from '../formats/common/names'
import type { ExportImage, ExportSet, ImageIdentity, SeriesIdentity } from '../types'
import type { SetDeps } from './annotated-set'
import { pictureOf } from './picture'
import { identities, seriesIdentity } from './stack'
import { makeVariant, variantsOf } from './variants'

/** Photographs of a series that are handed over together. */
const atOnce = 50

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
  const stretches = [...Map.groupBy(found, ({ seriesId }) => seriesId).values()].flatMap(stretchesOf)
  const imageOf = (identity: ImageIdentity): ExportImage => {
    const { annotations = [], part = null } = wanted.get(identity.imageId) ?? {}
    return {
      identity,
      annotations,
      probability: () => null,
      ...pictureOf(engine, identity),
      ...(part !== null && { part }),
    }
  }
  // a volume is one picture: slices varied each for itself would tear it
  const variants = (image: ExportImage, { series }: SeriesIdentity) =>
    recipe && !series.volume ? variantsOf(image, recipe) : []
  return {
    name,
    labels,
    total: stretches.length,
    *outline() {
      for (const [seriesId, stack] of stretches) {
        const identity = seriesIdentity(database, seriesId)
        const own = stack.map(imageOf)
        yield { identity, images: [...own, ...own.flatMap((image) => variants(image, identity))] }
      }
    },
    async *series() {
      for (const [seriesId, stack] of stretches) {
        const identity = seriesIdentity(database, seriesId)
        const own = stack.map(imageOf)
        const varied: ExportImage[] = []
        for (const image of own) {
          const made = variants(image, identity).map((variant) => makeVariant(engine, image, variant))
          varied.push(...(await Promise.all(made)))
        }
        yield { identity, images: [...own, ...varied], tags: [] }
      }
    },
  }
}

/** The slices of a series together, photographs a few at a time: shapes of variants are held in memory. */
function stretchesOf(stack: readonly ImageIdentity[]): [seriesId: number, stack: readonly ImageIdentity[]][] {
  const length = stack.every(isPhotograph) ? atOnce : stack.length
  return Array.from({ length: Math.ceil(stack.length / length) }, (_, at) => {
    const own = stack.slice(at * length, (at + 1) * length)
    return [own[0]?.seriesId ?? 0, own]
  })
}
