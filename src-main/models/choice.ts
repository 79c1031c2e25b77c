import { LeptonError } from '#shared/domain/fault'
import { type Provider, type ProviderTrial, provider } from '#shared/domain/provider'

/** Providers in the order in which they are preferred. */
export const providerOrder: readonly Provider[] = provider.options

const byOrder = (a: ProviderTrial, b: ProviderTrial) =>
  providerOrder.indexOf(a.provider) - providerOrder.indexOf(b.provider)

/**
 * Trials of one file in provider order; one that passed but is slower than the processor (a software rendition of a
 * graphics card, say) carries that as its fault and is not chosen.
 */
export function judged<Trial extends ProviderTrial>(trials: readonly Trial[]): Trial[] {
  const cpu = trials.find((trial) => trial.provider === 'cpu' && trial.passed)?.milliseconds ?? null
  return [...trials].sort(byOrder).map((trial) => {
    const { milliseconds } = trial
    if (!trial.passed || trial.provider === 'cpu' || cpu === null || milliseconds === null) return trial
    if (milliseconds <= cpu) return trial
    const fault = new LeptonError('PROVIDER_REFUSED', {
      expected: `at most the ${cpu.toFixed(1)} ms that the processor takes`,
      received: `${milliseconds.toFixed(1)} ms`,
      remedy: 'It passed the self-test and can be chosen by name.',
    }).toFault()
    return { ...trial, fault }
  })
}

/** The first provider that passed its trial and was not found slower than the processor. */
export function chosenProvider(trials: readonly ProviderTrial[]): Provider | null {
  return judged(trials).find((trial) => trial.passed && trial.fault === null)?.provider ?? null
}
