import type { Variation } from '#main/engine/types'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import type { ExportImage, ImageIdentity } from '../types'
import { type PictureEngine, pictureOf } from './picture'

/** Ids of variants lie beyond those of the library. */
const beyond = 2 ** 40

/** A variant that a recipe asks for: what it is called, and how it is made. */
export interface Variant {
  identity: ImageIdentity
  derived: true
  variation: Variation
}

/**
 * The variants of an image that a recipe asks for, the same every time. Only pictures that are learnt from are varied:
 * those of the part `train`, or all where nothing is split.
 */
export function variantsOf(
  { identity, part }: Pick<ExportImage, 'identity' | 'part'>,
  recipe: AugmentationRecipe,
): Variant[] {
  if (part !== undefined && part !== 'train') return []
  const content = identity.sha256 ?? identity.instanceUid ?? identity.path
  return Array.from({ length: recipe.copies }, (_, copy) => ({
    derived: true,
    variation: { recipe, key: `${recipe.seed} ${content} ${identity.frame} ${copy}` },
    identity: {
      ...identity,
      imageId: beyond + identity.imageId * 32 + copy,
      path: identity.path.replace(/(\.[^./\\]+)?$/, `_v${copy + 1}$1`),
      sha256: null,
      instanceUid: null,
    },
  }))
}

/** A variant with the image's shapes moved along. */
export async function makeVariant(
  engine: PictureEngine,
  image: ExportImage,
  { identity, derived, variation }: Variant,
): Promise<ExportImage> {
  const { rows, columns } = identity
  const shapes = image.annotations.map(({ shape }) => shape)
  const moved = shapes.length > 0 ? await engine.variantShapes({ shapes, variation, rows, columns }) : []
  return {
    ...image,
    identity,
    derived,
    annotations: image.annotations.flatMap((one, i) => {
      const shape = moved[i]
      return shape ? [{ ...one, shape }] : []
    }),
    probability: () => null,
    ...pictureOf(engine, image.identity, variation),
  }
}
