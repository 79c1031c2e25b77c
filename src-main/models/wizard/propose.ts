import { type DraftManifest, draftManifest, type Guess } from '#shared/contract/model-wizard'
import type { ModelTask } from '#shared/domain/model-manifest/index'
import { slugOf } from '#shared/domain/slug'
import { invalid } from '../check/refuse'
import { tensorText } from '../check/tensor-shape'
import type { OnnxModel } from '../onnx/types'
import { type Proposed, proposeDetection } from './propose-detection'
import { proposeInput } from './propose-input'
import { proposeLabels } from './propose-labels'
import { proposeMask, proposeVector } from './propose-whole'

/**
 * A manifest from what shapes, names and the last operators of a graph tell. What they do not tell is filled in as
 * is usual for such networks and named in `guesses`.
 * @param name of the file, without its ending
 * @param asked the task where a person knows better
 * @throws MODEL_INVALID where no input is an image or no output can be read
 */
export function proposeManifest(
  model: OnnxModel,
  name: string,
  asked: ModelTask | null,
): { manifest: DraftManifest; guesses: Guess[] } {
  const guesses = new Set<Guess>(['domain'])
  const { task, proposed } = proposeOutputs(model, asked, guesses)
  const { labels, named } = proposeLabels(model, Math.max(...proposed.map(({ count }) => count)))
  if (!named && labels.length > 0) guesses.add('labels')
  const outputs = proposed.map(({ count, decoding }) => decoding(labels.slice(0, count).map(({ id }) => id)))
  const input = proposeInput(model, task, outputs, guesses)
  const colour = input.channels.kind === 'rgb'
  const title = { en: name, zh: name }
  const manifest = draftManifest.parse({
    id: idOf(name),
    version: '1.0.0',
    name: title,
    summary: { en: '', zh: '' },
    task,
    fits: {
      domain: colour ? 'any' : 'medical',
      modalities: colour ? ['PHOTO'] : [],
      photometric: [],
      colour: colour ? 'any' : 'grey',
      bodyParts: [],
    },
    labels,
    operatingPoint: { threshold: 0.5, chosen: 'a starting value, not chosen on data' },
    licence: '',
    attribution: '',
    trainingData: '',
    intendedUse: { en: '', zh: '' },
    limits: { en: [], zh: [] },
    metrics: [],
    input,
    outputs,
  })
  return { manifest, guesses: [...guesses] }
}

function idOf(name: string): string {
  const slug = slugOf(name)
  return slug.length > 1 ? slug : `model-${slug || 1}`
}

function proposeOutputs(
  model: OnnxModel,
  asked: ModelTask | null,
  guesses: Set<Guess>,
): { task: ModelTask; proposed: Proposed[] } {
  const images = model.inputs.filter(({ shape }) => shape?.length === 4).length
  const prompted = asked === 'promptable-segmentation' || (asked === null && images === 2)
  const detection = asked === null || asked === 'detection' ? proposeDetection(model, guesses) : null
  if (detection) return { task: 'detection', proposed: [detection] }
  const segmenting = asked === null || asked === 'segmentation' || prompted
  const mask = segmenting ? proposeMask(model, prompted ? 'promptable-segmentation' : asked, guesses) : null
  if (mask && prompted) return { task: 'promptable-segmentation', proposed: [mask] }
  const vector = asked !== 'detection' ? proposeVector(model, vectorAsked(asked), guesses) : null
  if (mask) return { task: 'segmentation', proposed: [mask, ...(vector ? [vector] : [])] }
  if (vector && asked !== 'segmentation') return { task: vector.task, proposed: [vector] }
  throw invalid(
    `outputs of ${asked ?? 'a known task'}`,
    model.outputs.map((tensor) => `${tensor.name} ${tensorText(tensor)}`).join(', '),
  )
}

const vectorAsked = (asked: ModelTask | null) =>
  asked === 'classification' || asked === 'multi-label' || asked === 'embedding' ? asked : null
