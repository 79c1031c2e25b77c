/** From which cosine two pictures are nearly the same. */
export interface NearThresholds {
  grey: number
  colour: number
}

/**
 * By model, as vectors of another network lie otherwise. Chosen as the least cosine at which nine of ten pairs are of one
 * group: grey on the groups of half of BUSI (breast ultrasound), colour on the scenes of half of the UP Diliman groceries.
 * On the other halves, hash and vectors together against the hash alone: ultrasound 53 of 58 pairs right, 0.84 of all
 * found (49 of 50, 0.78); groceries 43 of 45, 0.13 (22 of 22, 0.07), as most pictures of a scene show it from elsewhere.
 * The network was trained on pictures of both sets, though not to tell their groups.
 */
export const nearThresholds: Readonly<Record<string, NearThresholds>> = {
  'visual-embedding@1.0.0': { grey: 0.99, colour: 0.93 },
}

/** The model whose vectors are compared. */
export const nearModelId = 'visual-embedding'

/** What the thresholds were chosen on; slices of other modalities are alike to a network that never saw any. */
export const comparedModalities: readonly string[] = ['PHOTO', 'US']
