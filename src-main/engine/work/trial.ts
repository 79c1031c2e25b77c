import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Weights } from '#shared/domain/model-manifest/files'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import type { Provider, ProviderTrial } from '#shared/domain/provider'
import type { ModelSource } from '../types'
import { sessionModelOf, weightsOf } from './jobs'
import type { OpenModel, Sessions } from './sessions'

type Sample = ModelManifest['golden']['inputs'][number]

/** Timed runs after the one that is compared. */
const RUNS = 3

/** Runs the golden input of a model on a provider and compares with the golden output. Never throws. */
export async function tryProvider(
  sessions: Sessions,
  model: ModelSource,
  provider: Provider,
): Promise<ProviderTrial> {
  const trial = { provider, milliseconds: null, maxDifference: null, testedAt: new Date().toISOString() }
  try {
    const open = await sessions.get(sessionModelOf(model), provider)
    const { golden } = model.manifest
    const inputs = await Promise.all(golden.inputs.map((sample) => read(model, sample)))
    const feeds = Object.fromEntries(
      golden.inputs.map((sample, at) => [
        sample.name,
        new open.runtime.Tensor('float32', inputs[at] ?? new Float32Array(), sample.shape),
      ]),
    )
    const outputs = await open.session.run(feeds)
    let [maxDifference, excess] = [0, 0]
    const weights = weightsOf(model)
    for (const sample of weights.outputs) {
      const difference = compare(outputs, sample, await read(model, sample), weights.tolerance)
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

async function read(model: ModelSource, sample: Sample): Promise<Float32Array> {
  const bytes = await readFile(join(model.folder, sample.file))
  const count = sample.shape.reduce((product, side) => product * side, 1)
  if (bytes.byteLength !== count * 4) {
    throw new LeptonError('MODEL_INVALID', {
      expected: `${count * 4} bytes in ${sample.file}`,
      received: String(bytes.byteLength),
    })
  }
  return new Float32Array(new Uint8Array(bytes).buffer)
}

function compare(
  outputs: Awaited<ReturnType<OpenModel['session']['run']>>,
  sample: Sample,
  expected: Float32Array,
  { absolute, relative }: Weights['tolerance'],
): { largest: number; excess: number } {
  const tensor = outputs[sample.name]
  if (!(tensor?.data instanceof Float32Array) || tensor.data.length !== expected.length) {
    throw new LeptonError('SELF_TEST_FAILED', {
      expected: `output ${sample.name} of ${sample.shape.join(' x ')}`,
      received: tensor ? `${tensor.type} ${tensor.dims.join(' x ')}` : 'none of that name',
    })
  }
  let [largest, excess] = [0, 0]
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? 0
    const came = tensor.data[i] ?? Number.NaN
    const difference = Number.isFinite(came) ? Math.abs(came - wanted) : Number.MAX_VALUE
    largest = Math.max(largest, difference)
    excess = Math.max(excess, difference - absolute - relative * Math.abs(wanted))
  }
  return { largest, excess }
}

function selfTestFailed({ absolute }: { absolute: number }, largest: number): LeptonError {
  return new LeptonError('SELF_TEST_FAILED', {
    expected: `the golden output within ${absolute}`,
    received: `a difference of ${largest.toPrecision(3)}`,
  })
}

async function medianTime(
  open: OpenModel,
  feeds: Parameters<OpenModel['session']['run']>[0],
): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const started = performance.now()
    await open.session.run(feeds)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
}
