import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import type { Engine, FrameSource, ModelSource } from '#main/engine/types'
import type { Batch } from '#main/engine/work/jobs'
import { OpenFiles } from '#main/engine/work/open-files'
import { Preparer } from '#main/engine/work/prepare'
import { SliceReader } from '#main/engine/work/slices'
import { readHeader } from '#main/imaging'
import { sharedData } from '#main/testing/shared-data'
import { modelManifest } from '#shared/domain/model-manifest/index'
import type { Provider } from '#shared/domain/provider'
import { statisticsOf } from '#shared/preparation/statistics'
import { sampledPlaces } from '#shared/preparation/tally'

const threads = 2
const rounds = 5

/**
 * Images per second of the engine's `score` against a bare loop of `session.run` on ready tensors of the same
 * slices with the same threads, in turns; peak memory at 200 and 2,000 slices; onnxruntime-web WASM beside it.
 * Argument: the folder of a model package.
 */
export default async function benchEngine([source = 'models/sts-mr-lesion']: string[]): Promise<void> {
  const data = sharedData('sts-dicom')
  if (!data) return
  const model = openModel(resolve(source))
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  const built = await buildEngine()
  try {
    const series = await copySeries(data, folder, 2000)
    const some = upTo(series, 200)
    const count = some.reduce((sum, stack) => sum + stack.length, 0)
    const batches = await ready(model, some)
    const shapes = new Set(batches.map(({ shape }) => shape.slice(2).join(' x ')))
    console.log(
      `${count} slices in ${some.length} series; tensors of ${[...shapes].join(', ')}; ${threads} threads`,
    )

    const bare: number[] = []
    const scored: number[] = []
    const engine = startEngine({ entry: built.entry, threads })
    const session = await openSession(model)
    await score(engine, model, 'cpu', some.slice(0, 1))
    for (let round = 0; round < rounds; round++) {
      bare.push(count / (await seconds(() => session(batches))))
      scored.push(count / (await seconds(() => score(engine, model, 'cpu', some))))
    }
    print('bare session.run', bare)
    print('engine score', scored)
    console.log(`ratio of the medians            ${(median(scored) / median(bare)).toFixed(2)}`)
    await engine.close()

    for (const stacks of [some, series]) {
      const fresh = startEngine({ entry: built.entry, threads })
      const peak = await peakMemory(fresh, () => score(fresh, model, 'cpu', stacks))
      const slices = stacks.reduce((sum, stack) => sum + stack.length, 0)
      console.log(`peak memory at ${slices} slices     ${(peak / 2 ** 20).toFixed(0)} MB`)
      await fresh.close()
    }

    const web = startEngine({ entry: built.entry, threads })
    const few = some.slice(0, 2)
    const fewCount = few.reduce((sum, stack) => sum + stack.length, 0)
    await score(web, model, 'wasm', few.slice(0, 1))
    print('engine score on WASM', [fewCount / (await seconds(() => score(web, model, 'wasm', few)))])
    await web.close()
  } finally {
    built.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

function openModel(folder: string): ModelSource {
  const file = join(folder, 'manifest.json')
  if (!existsSync(file)) throw new Error(`There is no model package in ${folder}.`)
  const manifest = modelManifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  const [first] = manifest.weights
  if (!first) throw new Error('a package has weights')
  return { folder, manifest, precision: first.precision }
}

/** Copies of the MR series under `data`, in stack order, until there are `count` slices. */
async function copySeries(data: string, folder: string, count: number): Promise<FrameSource[][]> {
  const originals = await Promise.all(
    readdirSync(data).map(async (patient) => {
      const images = join(data, patient, 'MR_T1/image')
      const placed = await Promise.all(
        readdirSync(images).map(async (name) => {
          const { header } = await readHeader(join(images, name))
          return { name, z: header.geometry[0]?.position?.[2] ?? 0 }
        }),
      )
      return { images, names: placed.sort((a, b) => a.z - b.z).map(({ name }) => name) }
    }),
  )
  const stacks: FrameSource[][] = []
  for (let slices = 0, copy = 0; slices < count; copy++) {
    const original = originals[copy % originals.length]
    if (!original) break
    const target = join(folder, String(copy))
    cpSync(original.images, target, { recursive: true })
    const names = original.names.slice(0, count - slices)
    stacks.push(names.map((name) => ({ path: join(target, name), frame: 0 })))
    slices += names.length
  }
  return stacks
}

function upTo(series: FrameSource[][], count: number): FrameSource[][] {
  const taken: FrameSource[][] = []
  let left = count
  for (const stack of series) {
    if (left > 0) taken.push(stack.slice(0, left))
    left -= stack.length
  }
  return taken
}

/** The tensors of every slice, as the engine prepares them, one by one. */
async function ready({ manifest }: ModelSource, series: readonly FrameSource[][]): Promise<Batch[]> {
  const { input } = manifest
  if (input.channels.kind !== 'neighbours' || input.intensity.kind !== 'percentile')
    throw new Error('another model')
  const { offsets } = input.channels
  const { intensity } = input
  const batches: Batch[] = []
  for (const [run, stack] of series.entries()) {
    const reader = new SliceReader(new OpenFiles())
    const preparer = new Preparer(reader)
    const sampled = sampledPlaces(stack.length, intensity.sampleSlices).flatMap((place) => stack[place] ?? [])
    const frames = await Promise.all(sampled.map(async (source) => (await reader.read(source)).frame))
    const statistics = statisticsOf(frames, input)
    const sources = stack.map((source, place): [number, FrameSource] => [place, source])
    for (const index of stack.keys()) {
      const places = offsets.map((offset) => Math.min(stack.length - 1, Math.max(0, index + offset)))
      const job = { run, input, statistics, images: [{ index, places }], sources, tile: 0 }
      batches.push(...(await preparer.prepare(job)).batches)
    }
  }
  return batches
}

/** A plain session with the runtime's own defaults but for the number of threads. */
async function openSession({ folder, manifest }: ModelSource): Promise<(batches: Batch[]) => Promise<void>> {
  const session = await InferenceSession.create(join(folder, 'model.onnx'), { intraOpNumThreads: threads })
  const run = async (batches: Batch[]) => {
    for (const { data, shape } of batches) {
      await session.run({ [manifest.input.name]: new Tensor('float32', data, shape) })
    }
  }
  return run
}

/** Scores series after series as the batch service does: the next one is handed over before one is done. */
async function score(
  engine: Engine,
  model: ModelSource,
  provider: Provider,
  series: readonly FrameSource[][],
): Promise<void> {
  const { threshold } = model.manifest.operatingPoint
  const waiting = [...series]
  const next = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) {
      await engine.score(
        { model, provider, threshold, flips: false, stack, wanted: [...stack.keys()] },
        (result) => {
          if (result.status === 'failed') throw new Error(JSON.stringify(result.fault))
        },
      )
    }
  }
  await Promise.all([next(), next()])
}

async function peakMemory(engine: Engine, work: () => Promise<void>): Promise<number> {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, engine.status().memoryBytes ?? 0)
  }, 50)
  await work()
  clearInterval(timer)
  return peak
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function print(what: string, rates: readonly number[]): void {
  const all = rates.map((rate) => rate.toFixed(0)).join(', ')
  console.log(`${what.padEnd(24)} ${median(rates).toFixed(1)} images/s (${all})`)
}
