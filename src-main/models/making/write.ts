import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine, NamedTensor } from '#main/engine/types'
import { hashOf } from '#main/file-hash'
import { LeptonError } from '#shared/domain/fault'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { filesOf } from '../check/files'
import { processorOf } from '../self-tests'
import { goldenFile } from './assemble'
import { cardOf } from './card'
import { goldenValues } from './golden-input'

/** Another provider rounds differently: so much of the largest value of an output may it be off. */
const share = { float32: 0.002, float16: 0.01, int8: 0.05 }
const LEAST_TOLERANCE = 1e-3

/**
 * Makes a folder that holds only a network a package: golden inputs drawn by arithmetic, golden outputs as the
 * processor gives them, a card, hashes, and the manifest last.
 */
export async function writePackage(
  engine: Engine,
  folder: string,
  assembled: ModelManifest,
  card: string | undefined,
): Promise<ModelManifest> {
  const [weights] = assembled.weights
  if (!weights) throw new LeptonError('INTERNAL', { expected: 'weights', received: 'none' })
  await rm(join(folder, 'golden'), { recursive: true, force: true })
  await mkdir(join(folder, 'golden'), { recursive: true })
  for (const { name, file, shape, type } of assembled.golden.inputs) {
    const values = goldenValues(assembled.input, name, shape)
    await writeFile(join(folder, file), bytesOf(type === 'uint8' ? Uint8Array.from(values) : values))
  }
  const { precision } = weights
  const answers = await engine.answers({ folder, manifest: assembled, precision }, await processorOf(engine))
  const wanted = weights.outputs.map((output) => answerFor(answers, output.name))
  for (const { name, bytes } of wanted) await writeFile(join(folder, goldenFile(name)), bytes)
  await writeFile(join(folder, 'card.md'), card ?? cardOf(assembled))
  const manifest: ModelManifest = {
    ...assembled,
    weights: [
      {
        ...weights,
        outputs: wanted.map(({ name, shape, type }) => ({ name, shape, type, file: goldenFile(name) })),
        tolerance: { absolute: toleranceOf(wanted, share[precision]), relative: 0.01 },
      },
    ],
    files: await hashes(folder),
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

function answerFor(answers: readonly NamedTensor[], name: string): NamedTensor {
  const answer = answers.find((tensor) => tensor.name === name)
  if (answer?.shape.every((side) => side > 0)) return answer
  throw new LeptonError('MODEL_INVALID', {
    expected: `numbers from output ${name} for a drawn picture`,
    received: answer ? `${answer.shape.join(' x ')}` : 'no such output',
  })
}

function toleranceOf(answers: readonly NamedTensor[], part: number): number {
  let largest = 0
  for (const { type, bytes } of answers) {
    if (type !== 'float32') continue
    for (const value of new Float32Array(bytes.slice().buffer)) {
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
    }
  }
  return Math.max(LEAST_TOLERANCE, part * largest)
}

async function hashes(folder: string): Promise<Record<string, string>> {
  const files = [...(await filesOf(folder))].filter((file) => file !== 'manifest.json').sort()
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await hashOf(join(folder, file), true)] as const)),
  )
}

const bytesOf = (values: ArrayBufferView) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
