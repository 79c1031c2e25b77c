import { z } from 'zod'
import type { metric } from './evidence'
import { figureKey, withoutFlips } from './figure-key'
import type { Precision } from './files'
import type { ModelManifest } from './index'

type Metric = z.infer<typeof metric>

/** What averaging over the mirror image was measured to change of a figure, by who made the model. */
export const flipGain = z.object({
  /** The figure's name in the manifest, without the ending. */
  figure: z.string(),
  plain: z.number(),
  flipped: z.number(),
  /** `flipped` less `plain`: below 0 where the figure falls. */
  gain: z.number(),
  /** Of the gain, where the package states it. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type FlipGain = z.infer<typeof flipGain>

/** Figures of the file of a precision that were measured without and with mirror images; none where they never were. */
export function flipGains(
  { metrics, weights, ensemble }: Pick<ModelManifest, 'metrics' | 'weights' | 'ensemble'>,
  precision: Precision,
): FlipGain[] {
  const file = weights.find((one) => one.precision === precision)
  // a package's own figures are those of its first file, or of an ensemble's members together
  return gainsAmong(ensemble || file === weights[0] ? metrics : (file?.metrics ?? []))
}

/** Figures that do not stand beside the same one without mirror images. */
export const withoutGains = (metrics: readonly Metric[]): Metric[] =>
  metrics.filter((one) => plainOf(one, metrics) === undefined)

const gainsAmong = (metrics: readonly Metric[]): FlipGain[] =>
  metrics.flatMap((one) => {
    const plain = plainOf(one, metrics)
    if (!plain) return []
    const { value: flipped, gainInterval: interval = null } = one
    return [{ figure: plain.name, plain: plain.value, flipped, gain: flipped - plain.value, interval }]
  })

/** The same figure of the same pictures without mirror images; undefined for one that is without them itself. */
function plainOf({ name, set }: Metric, metrics: readonly Metric[]): Metric | undefined {
  const { key, flips } = withoutFlips(figureKey(name))
  return flips ? metrics.find((other) => figureKey(other.name) === key && other.set === set) : undefined
}
