import { create } from 'zustand'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'

/** How strong each step is; 0 leaves it out. */
export interface Strengths {
  mirror: number
  rotate: number
  /** Of sizes, gamma and contrast: how far from 1, as e to that power. */
  grow: number
  elastic: number
  noise: number
  blur: number
  gamma: number
  contrast: number
  cutout: number
  bias: number
}

interface Draft {
  strengths: Strengths
  copies: number
  seed: number
}

const useDraft = create<Draft>(() => ({
  strengths: {
    mirror: 0.5,
    rotate: 10,
    grow: 0.1,
    elastic: 0,
    noise: 0.02,
    blur: 0,
    gamma: 0.2,
    contrast: 0.1,
    cutout: 0,
    bias: 0,
  },
  copies: 2,
  seed: 1,
}))

/** The recipe being made; it lasts as long as the window. */
export function useRecipe() {
  const draft = useDraft()
  return { ...draft, recipe: recipeOf(draft), change: (part: Partial<Draft>) => useDraft.setState(part) }
}

function recipeOf({ strengths, copies, seed }: Draft): AugmentationRecipe {
  const { mirror, rotate, grow, elastic, noise, blur, gamma, contrast, cutout, bias } = strengths
  const about = (reach: number): [number, number] => [
    Math.max(0.25, Math.exp(-reach)),
    Math.min(4, Math.exp(reach)),
  ]
  return {
    format: 'lepton-augmentation',
    formatVersion: 1,
    copies,
    seed,
    ...(mirror > 0 && { flip: { horizontal: mirror, vertical: 0 } }),
    ...(rotate > 0 && { rotate }),
    ...(grow > 0 && { scale: about(grow) }),
    ...(elastic > 0 && { elastic }),
    ...(noise > 0 && { noise }),
    ...(blur > 0 && { blur }),
    ...(gamma > 0 && { gamma: about(gamma) }),
    ...(contrast > 0 && { contrast: about(contrast) }),
    ...(cutout >= 1 && { cutout: { count: Math.round(cutout), side: 0.15 } }),
    ...(bias > 0 && { bias }),
  }
}
