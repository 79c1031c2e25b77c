import type { JudgedBy } from '#shared/domain/model-manifest/taught'
import type { Example } from './examples'

/** How pictures are put together that must not be on both sides of the judgement. */
export interface Grouping {
  judgedBy: JudgedBy
  /** Group of each example, counted from 0. */
  groupOf: readonly number[]
  groups: number
}

/**
 * By patient or store where every label has at least two of them, else by study where that holds, else every picture
 * by itself.
 */
export function groupingOf(examples: readonly Example[]): Grouping {
  const coarse = (['subject', 'study'] as const).find((kind) => eachLabelHasTwo(examples, kind))
  const names = examples.map((one, at) => (coarse ? one[coarse] : String(at)))
  const numbers = new Map([...new Set(names)].map((name, number) => [name, number]))
  return {
    judgedBy: coarse ?? 'picture',
    groupOf: names.map((name) => numbers.get(name) ?? 0),
    groups: numbers.size,
  }
}

function eachLabelHasTwo(examples: readonly Example[], kind: 'subject' | 'study'): boolean {
  const byLabel = Map.groupBy(examples, ({ label }) => label)
  return [...byLabel.values()].every((own) => new Set(own.map((one) => one[kind])).size >= 2)
}
