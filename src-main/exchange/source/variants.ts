import { Chance } from '#shared/augment/chance'
import { drawWarp } from '#shared/augment/warp'
import { augmentFrame } from '#shared/augment/warp-frame'
import { warpShape } from '#shared/augment/warp-shape'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import type { ExportImage } from '../types'

/** Ids of variants lie beyond those of the library. */
const beyond = 2 ** 40

/**
 * The variants of an image that a recipe asks for, the same every time. Only pictures that are learnt from are varied:
 * those of the part `train`, or all where nothing is split.
 */
export function variantsOf(image: ExportImage, recipe: AugmentationRecipe): ExportImage[] {
  const { part, identity } = image
  if (part !== undefined && part !== 'train') return []
  return Array.from({ length: recipe.copies }, (_, copy) => {
    const key = `${recipe.seed} ${identity.sha256 ?? identity.instanceUid ?? identity.path} ${identity.frame} ${copy}`
    const warp = drawWarp(recipe, identity, new Chance(`${key} warp`))
    const suffix = `_v${copy + 1}`
    return {
      ...image,
      derived: true,
      identity: {
        ...identity,
        imageId: beyond + identity.imageId * 32 + copy,
        path: identity.path.replace(/(\.[^./\\]+)?$/, `${suffix}$1`),
        sha256: null,
        instanceUid: null,
      },
      annotations: image.annotations.flatMap((one) => {
        const shape = warpShape(one.shape, warp)
        return shape ? [{ ...one, shape }] : []
      }),
      probability: () => null,
      pixels: async () => augmentFrame(await image.pixels(), warp, recipe, new Chance(`${key} tones`)),
    }
  })
}
