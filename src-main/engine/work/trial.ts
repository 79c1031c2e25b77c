import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Weights } from '#shared/domain/model-manifest/files'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import type { ModelSource } from '../types'
import { numbersOf } from './feeds'
import { type Feeds, goldenFeeds, readSample, type Sample } from './golden'
import { refusal } from './runtime'
import { sessionModelOf, weightsOf } from './session-model'
import type { OpenModel, Sessions } from './sessions'

type Results = Awaited<ReturnType<OpenModel['session']['run']>>

/** Timed runs after the one that is compared. */
const RUNS = 3
/** Milliseconds after which a slow provider is not run again to be timed. */
const ENOUGH = 5_000

/** Runs the golden input of a model on a provider and compares with the golden output. Never throws. */
export async function tryProvider(
  sessions: Sessions,
  model: ModelSource,
  provider: Provider,
): Promise<ProviderTrial> {
  const trial = { provider, milliseconds: null, maxDifference: null, testedAt: new Date().toISOString() }
  try {
    const weights = weightsOf(model)
    const open = await sessions.get(sessionModelOf(model, { threshold: 0, flips: false }), provider)
    const feeds = await goldenFeeds(open, model)
    const outputs = await open.session.run(feeds).catch((error) => {
      throw refusal(provider, error)
    })
    let [maxDifference, excess] = [0, 0]
    for (const sample of weights.outputs) {
      const difference = compare(outputs, sample, await readSample(model, sample), weights.tolerance)
      maxDifference = Math.max(maxDifference, difference.largest)
      excess = Math.max(excess, difference.excess)
    }
    const fault = excess > 0 ? selfTestFailed(weights.tolerance, maxDifference).toFault() : null
    const milliseconds = await medianTime(open, feeds)
    return { ...trial, passed: fault === null, maxDifference, milliseconds, fault }
  } catch (error) {
    return { ...trial, passed: false, fault: faultOf(error) }
  }
}

function compare(
  outputs: Results,
  sample: Sample,
  expected: Float32Array,
  { absolute, relative }: Weights['tolerance'],
): { largest: number; excess: number } {
  const tensor = outputs[sample.name]
  if (!tensor || tensor.dims.join() !== sample.shape.join()) {
    throw new LeptonError('SELF_TEST_FAILED', {
      expected: `output ${sample.name} of ${sample.shape.join(' x ')}`,
      received: tensor ? `${tensor.type} ${tensor.dims.join(' x ')}` : 'none of that name',
    })
  }
  const { data } = numbersOf(tensor)
  let [largest, excess] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? 0
    const came = data[i] ?? Number.NaN
    const difference = Number.isFinite(came) ? Math.abs(came - wanted) : Number.MAX_VALUE
    largest = Math.max(largest, difference)
    excess = Math.max(excess, difference - absolute - relative * Math.abs(wanted))
  }
  return { largest, excess }
}

function selfTestFailed({ absolute, relative }: Weights['tolerance'], largest: number): LeptonError {
  return new LeptonError('SELF_TEST_FAILED', {
    expected: `the golden output within ${absolute} + ${relative} of its value`,
    received: `a difference of ${largest.toPrecision(3)}`,
  })
}

async function medianTime(open: OpenModel, feeds: Feeds): Promise<number> {
  const times: number[] = []
  const begun = performance.now()
  while (times.length === 0 || (times.length < RUNS && performance.now() - begun < ENOUGH)) {
    const started = performance.now()
    await open.session.run(feeds)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? 0
}
