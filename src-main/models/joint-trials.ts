import type { ModelTrial } from '#shared/contract/models'
import type { ModelPackage } from './package'
import { usualPrecision } from './weights'

/**
 * Trials of an ensemble: where every member was tried, on one provider and with the weights it would use, they
 * passed together or not at all, and their times add up.
 * @param known the trials of each member, in the order of the members
 */
export function jointTrials(
  { manifest, members = [] }: ModelPackage,
  known: readonly (readonly ModelTrial[])[],
): ModelTrial[] {
  return manifest.weights.flatMap(({ precision }) => {
    const each = members.map((member, at) => {
      const used = usualPrecision(member.manifest, precision)
      return known[at]?.filter((trial) => trial.precision === used) ?? []
    })
    const [first = []] = each
    return first.flatMap(({ provider }) => {
      const trials = each.flatMap((some) => some.find((trial) => trial.provider === provider) ?? [])
      return trials.length === members.length ? [joined(trials, precision)] : []
    })
  })
}

function joined(trials: readonly ModelTrial[], precision: ModelTrial['precision']): ModelTrial {
  const [first] = trials
  if (!first) throw new Error('an ensemble has members')
  const refused = trials.find(({ passed }) => !passed)
  return {
    provider: first.provider,
    precision,
    passed: refused === undefined,
    milliseconds: refused ? null : total(trials.map(({ milliseconds }) => milliseconds)),
    maxDifference: refused ? null : Math.max(...trials.map(({ maxDifference }) => maxDifference ?? 0)),
    fault: refused?.fault ?? null,
    testedAt: trials.map(({ testedAt }) => testedAt).sort()[0] ?? first.testedAt,
  }
}

function total(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0)
}
