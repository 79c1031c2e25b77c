import type { Engine, ImageResult, ModelSource } from '#main/engine/types'
import type { DraftPreview } from '#shared/contract/model-wizard'
import { LeptonError } from '#shared/domain/fault'
import { processorOf } from '../self-tests'
import type { PlacedImage } from './stack'

/** Numbers of an embedding that are shown. */
const SHOWN = 16

/** Runs a package that is not installed on one image. @throws whatever scoring the image says */
export async function previewImage(
  engine: Engine,
  model: ModelSource,
  { stack, place, rows, columns }: PlacedImage,
): Promise<DraftPreview> {
  if (model.manifest.task === 'promptable-segmentation') {
    throw new LeptonError('MODEL_DOES_NOT_FIT', {
      expected: 'a model that works by itself',
      received: 'one that answers to clicks',
      remedy: 'Write the package and try it in the viewer.',
    })
  }
  const { threshold } = model.manifest.operatingPoint
  const provider = await processorOf(engine)
  const results: ImageResult[] = []
  await engine.score({ model, provider, threshold, flips: false, stack, wanted: [place] }, (result) =>
    results.push(result),
  )
  const [result] = results
  if (!result) throw new LeptonError('INFERENCE_FAILED', { received: 'no answer' })
  if (result.status === 'failed') throw new LeptonError(result.fault.code, result.fault)
  return {
    rows,
    columns,
    findings: result.findings.map(({ areaMm2: _, ...finding }) => finding),
    classes: result.classes,
    embedding: result.embedding && {
      dimensions: result.embedding.length,
      first: [...result.embedding.slice(0, SHOWN)],
    },
    milliseconds: result.milliseconds,
  }
}
