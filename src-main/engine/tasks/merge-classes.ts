import { callOf, isClassOutput } from '#shared/decoding/classes'
import type { EnsembleRule } from '#shared/domain/model-manifest/index'
import type { ClassResult } from '../types'
import { meanOf } from '../work/answer'
import type { FindingRules } from '../work/session-model'
import type { Scored } from './merge'

/** Of a tie between votes the likelier label wins: what the mean probability counts beside a vote. */
const TIE = 1e-3

/** Probabilities averaged over the members that know the labels, or the share of members that call each. */
export function mergeClasses(
  members: readonly Scored[],
  rule: EnsembleRule,
  rules: FindingRules,
): ClassResult[] {
  return rules.outputs.filter(isClassOutput).map((output) => {
    const knowing = members.flatMap(({ classes }) => {
      const known = classes.find(({ probabilities }) =>
        output.labels.every((label) => probabilities.some((one) => one.label === label)),
      )
      return known ? [known] : []
    })
    const each = knowing.map((known) => output.labels.map((label) => probabilityOf(known, label)))
    const mean = meanOf(each)
    if (rule !== 'vote') return callOf(output, mean, rules, rules.threshold)
    const votes = meanOf(
      output.decode === 'multi-label'
        ? each.map((values) => values.map((p) => (p >= (output.threshold ?? rules.threshold) ? 1 : 0)))
        : each.map((values) => values.map((p) => (p === Math.max(...values) ? 1 : 0))),
    )
    const call = callOf(output, votes, rules, rules.threshold)
    return { ...call, called: elected(output, votes, mean) }
  })
}

function probabilityOf({ probabilities }: ClassResult, label: string): number {
  return probabilities.find((one) => one.label === label)?.probability ?? 0
}

/** The label with most votes, or all with more than half of them where any number may hold. */
function elected(
  { labels, decode }: { labels: string[]; decode: string },
  votes: ArrayLike<number>,
  mean: ArrayLike<number>,
): string[] {
  if (decode === 'multi-label') return labels.filter((_, at) => (votes[at] ?? 0) > 0.5)
  const weight = (at: number) => (votes[at] ?? 0) + TIE * (mean[at] ?? 0)
  const best = labels.map((_, at) => at).sort((a, b) => weight(b) - weight(a))[0]
  return labels.filter((_, at) => at === best)
}
