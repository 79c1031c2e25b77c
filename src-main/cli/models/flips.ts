import type { FlipCost } from '#shared/contract/scoring'
import { faultOf } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import type { Studio } from '../../studio'
import { EXIT, faultLine } from '../faults'
import { t } from '../language'
import { writeJson } from '../stdout'
import type { ModelsOptions } from './options'

/** What mirror images cost and gain each model named, or each that scores by itself; some failed where one could not run. */
export async function benchFlips(
  { models, scoring }: Pick<Studio, 'models' | 'scoring'>,
  names: readonly string[],
  { json }: ModelsOptions,
): Promise<number> {
  const every = names.length > 0 ? [] : (await models.list()).filter((model) => model.scores)
  const wanted = [...names, ...every.map(({ manifest }) => modelName(manifest))]
  const flips: FlipCost[] = []
  const failed: { model: string; fault: ReturnType<typeof faultOf> }[] = []
  for (const model of wanted) {
    try {
      const cost = await scoring.measureFlips(model)
      flips.push(cost)
      if (!json) for (const line of linesOf(cost)) console.log(line)
    } catch (error) {
      const fault = faultOf(error)
      failed.push({ model, fault })
      if (!json) console.error(`${model}  ${faultLine(fault)}`)
    }
  }
  if (json) await writeJson({ flips, failed })
  return failed.length > 0 ? EXIT.someFailed : EXIT.ok
}

function* linesOf({ model, provider, precision, plain, flipped, factor, images, gains }: FlipCost) {
  yield t('models.flipsLine', {
    model,
    provider,
    precision,
    plain: plain.toFixed(1),
    flipped: flipped.toFixed(1),
    factor: factor.toFixed(2),
    count: images,
  })
  if (gains.length === 0) yield `  ${t('models.flipsUnmeasured')}`
  for (const { figure, gain, interval, ...values } of gains) {
    const range = interval ? ` [${interval.map(signed).join(', ')}]` : ''
    yield `  ${figure} ${values.plain.toFixed(3)} -> ${values.flipped.toFixed(3)}: ${signed(gain)}${range}`
  }
}

/** Three digits with their sign; what rounds to nothing counts as no loss. */
const signed = (value: number) => `${Number(value.toFixed(3)) < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`
