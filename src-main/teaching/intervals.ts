import { Chance } from '#shared/augment/chance'
import type { LeftOut } from './judge'

/** A figure with its 95 % bootstrap interval. */
export interface Estimate {
  value: number
  interval: [number, number]
}

const DRAWS = 1000
const TAIL = 0.025

/**
 * Accuracy and mean recall of calls, with intervals from a thousand draws of whole groups: pictures of one group are
 * not independent. Draws of what is all right or all wrong cannot differ; the interval is then that of the rule of
 * three over the groups. The same calls give the same numbers.
 */
export function accuracies(
  calls: readonly LeftOut[],
  labels: number,
): { accuracy: Estimate; meanRecall: Estimate } {
  const groups = [...Map.groupBy(calls, ({ group }) => group).values()]
  const chance = new Chance('left-out predictions')
  const drawn = Array.from({ length: DRAWS }, () => {
    const sample = groups.map(() => groups[Math.floor(chance.next() * groups.length)] ?? [])
    return sharesOf(sample, labels)
  })
  const whole = sharesOf(groups, labels)
  return {
    accuracy: estimate(
      whole.accuracy,
      drawn.map(({ accuracy }) => accuracy),
      groups.length,
    ),
    meanRecall: estimate(
      whole.recall,
      drawn.map(({ recall }) => recall),
      groups.length,
    ),
  }
}

function sharesOf(groups: readonly (readonly LeftOut[])[], labels: number) {
  const right = new Uint32Array(labels)
  const all = new Uint32Array(labels)
  for (const group of groups) {
    for (const { truth, called } of group) {
      all[truth] = (all[truth] ?? 0) + 1
      if (called === truth) right[truth] = (right[truth] ?? 0) + 1
    }
  }
  const sum = (values: Uint32Array) => values.reduce((total, value) => total + value, 0)
  // a label that a draw has no picture of says nothing
  const seen = [...all.keys()].filter((label) => (all[label] ?? 0) > 0)
  const recalls = seen.map((label) => (right[label] ?? 0) / (all[label] ?? 1))
  return {
    accuracy: sum(right) / Math.max(1, sum(all)),
    recall: recalls.reduce((total, value) => total + value, 0) / Math.max(1, recalls.length),
  }
}

function estimate(value: number, drawn: number[], groups: number): Estimate {
  const rest = round(Math.min(1, 3 / Math.max(1, groups)))
  if (value === 1) return { value, interval: [round(1 - rest), 1] }
  if (value === 0) return { value, interval: [0, rest] }
  return { value: round(value), interval: middle(drawn) }
}

function middle(values: number[]): [number, number] {
  const sorted = values.sort((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.min(DRAWS - 1, Math.floor(share * DRAWS))] ?? 0)
  return [at(TAIL), at(1 - TAIL)]
}

const round = (value: number) => Math.round(value * 1e4) / 1e4
