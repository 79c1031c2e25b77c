import type { InstalledModel, ModelTrial } from '#shared/contract/models'
import { provider } from '#shared/domain/provider'

type Told = Pick<InstalledModel, 'trials' | 'precision' | 'chosen'>

/** Trials of one file of the network on the providers of this computer. */
export interface PrecisionTimings {
  precision: ModelTrial['precision']
  /** Passed the self-test, fastest first; `share` of the longest time of all precisions. */
  rows: { trial: ModelTrial; share: number; chosen: boolean }[]
}

/** What ran here, by precision in the order of the trials. */
export function timings({ trials, precision, chosen }: Told): PrecisionTimings[] {
  const passed = trials.filter((trial) => trial.passed)
  const longest = Math.max(...passed.map((trial) => trial.milliseconds ?? 0))
  return [...Map.groupBy(passed, (trial) => trial.precision)].map(([name, group]) => ({
    precision: name,
    rows: group
      .toSorted((a, b) => time(a) - time(b))
      .map((trial) => ({
        trial,
        share: longest > 0 ? (trial.milliseconds ?? 0) / longest : 0,
        chosen: trial.provider === chosen && trial.precision === precision,
      })),
  }))
}

const time = (trial: ModelTrial) => trial.milliseconds ?? Number.POSITIVE_INFINITY

/** A provider that refused, and for which files where it took others. */
export interface Refusal {
  trial: ModelTrial
  /** Empty: all of them, for the same reason. */
  precisions: ModelTrial['precision'][]
}

/** What did not run here, the same reason told once. */
export function refusals({ trials }: Pick<Told, 'trials'>): Refusal[] {
  const all = new Set(trials.map((trial) => trial.precision)).size
  const refused = trials.filter((trial) => !trial.passed)
  const alike = Map.groupBy(refused, (trial) => JSON.stringify([trial.provider, trial.fault]))
  return [...alike.values()].flatMap((group) => {
    const [trial] = group
    if (!trial) return []
    return [{ trial, precisions: group.length === all ? [] : group.map(({ precision }) => precision) }]
  })
}

/** How many trials a run that began at `since` has ended, of every file on every provider. */
export function progress(
  { trials, manifest }: Pick<InstalledModel, 'trials' | 'manifest'>,
  since: string,
): { ended: number; total: number } {
  const total = manifest.weights.length * provider.options.length
  return { ended: trials.filter(({ testedAt }) => testedAt >= since).length, total }
}
