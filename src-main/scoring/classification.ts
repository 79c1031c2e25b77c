import type { ClassResult } from '#shared/domain/finding'

/** What a model says of a whole image, in brief and in full. */
export interface Classification {
  /** The first of the labels called; null where none was. */
  label: string | null
  likeliest: string
  /** Probability of the label called, else of the likeliest. */
  score: number
  called: string[]
  /** ClassResult[] as JSON. */
  outputs: string
}

/**
 * Puts the classifying outputs of one image together; null where there are none. Of the labels called, the one
 * that the operating point is about comes first, the others by probability.
 */
export function classificationOf(
  outputs: readonly ClassResult[],
  keyLabel: string | null,
): Classification | null {
  const all = new Map<string, number>()
  for (const { probabilities } of outputs) {
    for (const { label, probability } of probabilities) if (!all.has(label)) all.set(label, probability)
  }
  const ranked = [...all].sort((a, b) => b[1] - a[1])
  const likeliest = ranked[0]
  if (!likeliest) return null
  const wasCalled = new Set(outputs.flatMap(({ called }) => called))
  const called = ranked.map(([label]) => label).filter((label) => wasCalled.has(label))
  if (keyLabel !== null && wasCalled.has(keyLabel)) {
    called.sort((a, b) => Number(b === keyLabel) - Number(a === keyLabel))
  }
  const label = called[0] ?? null
  return {
    label,
    likeliest: likeliest[0],
    score: label === null ? likeliest[1] : (all.get(label) ?? 0),
    called,
    outputs: JSON.stringify(outputs.map(shortened)),
  }
}

/** A probability to the seven digits that float32 holds. */
const digits = (probability: number) => Number(probability.toPrecision(7))

const shortened = ({ probabilities, groups, ...rest }: ClassResult): ClassResult => ({
  ...rest,
  probabilities: probabilities.map(({ label, probability }) => ({ label, probability: digits(probability) })),
  groups: groups.map(({ group, probability }) => ({ group, probability: digits(probability) })),
})
