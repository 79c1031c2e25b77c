import type { ModelManifest, ModelTask, OutputDecoding } from '#shared/domain/model-manifest/index'
import { decodedTensors } from './decoded-tensors'
import { invalid } from './refuse'

/** What the manifest's record cannot say: names that must be there, and things that may be there only once. */
export function checkManifest(manifest: ModelManifest): void {
  checkLabels(manifest)
  checkTask(manifest)
  manifest.outputs.forEach((output) => {
    checkOutput(manifest, output)
  })
  once(
    'one file for each precision',
    manifest.weights.map(({ precision }) => precision),
  )
  checkFiles(manifest)
  checkGolden(manifest)
}

/** @throws MODEL_INVALID */
export function checkLabels({
  labels,
  groups,
  operatingPoint,
}: Pick<ModelManifest, 'labels' | 'groups' | 'operatingPoint'>): void {
  once(
    'each label id once',
    labels.map(({ id }) => id),
  )
  once(
    'a different index for each label',
    labels.map(({ index }) => String(index)),
  )
  once(
    'each group id once',
    groups.map(({ id }) => id),
  )
  const groupIds = groups.map(({ id }) => id)
  for (const { id, group } of labels) {
    if (group !== undefined && !groupIds.includes(group)) {
      throw invalid(`the group of label ${id} among ${groupIds.join(', ') || 'no groups'}`, group)
    }
  }
  if (operatingPoint.label !== undefined) known(labels, [operatingPoint.label], 'the operating point')
}

/** What outputs a task can come from: one of them has to be there. */
const outputsFor: Record<ModelTask, readonly OutputDecoding['decode'][]> = {
  classification: ['softmax'],
  'multi-label': ['multi-label'],
  detection: ['boxes', 'yolo', 'detections', 'detection-tensors'],
  segmentation: ['sigmoid-mask', 'softmax-mask', 'yolo'],
  embedding: ['embedding'],
  'promptable-segmentation': ['prompted-mask'],
}

function checkTask({ task, outputs }: ModelManifest): void {
  const able = outputsFor[task]
  if (outputs.some(({ decode }) => able.includes(decode))) return
  const decodes = outputs.map(({ decode }) => decode).join(', ')
  throw invalid(`an output decoded as ${able.join(' / ')}, as the task ${task} needs`, decodes)
}

function checkOutput({ labels, outputs, input }: ModelManifest, output: OutputDecoding): void {
  const title = `output ${decodedTensors(output)[0] ?? ''}`
  if ('labels' in output) {
    known(labels, output.labels, title)
    once(`each label of ${title} once`, output.labels)
  }
  if (output.decode === 'boxes' && output.agnostic) known(labels, [output.agnostic.label], title)
  if (output.decode === 'prompted-mask' && !input.prompt) {
    throw invalid('input.prompt, for a mask that clicks ask for', 'none')
  }
  if (output.decode === 'activation-map') {
    const of = outputs.find(
      (other) => (other.decode === 'softmax' || other.decode === 'multi-label') && other.name === output.of,
    )
    if (!of || !('labels' in of) || of.labels.join() !== output.labels.join()) {
      throw invalid(`a classification named ${output.of} with the labels of ${output.name}`, 'none')
    }
  }
}

function checkFiles({ files, weights, golden }: ModelManifest): void {
  const samples = [...golden.inputs, ...weights.flatMap(({ outputs }) => outputs)]
  for (const file of [...weights.map((entry) => entry.file), ...samples.map((sample) => sample.file)]) {
    if (!(file in files)) throw invalid(`the hash of ${file} in files`, Object.keys(files).join(', '))
  }
}

/** A golden input for every input, a golden output for every output that is decoded. */
function checkGolden({ input, outputs, golden, weights }: ModelManifest): void {
  const fed = [input.name, ...(input.prompt ? [input.prompt.name] : [])]
  sameNames(
    'golden inputs',
    fed,
    golden.inputs.map(({ name }) => name),
  )
  const decoded = [...new Set(outputs.flatMap(decodedTensors))]
  for (const entry of weights) {
    const given = entry.outputs.map(({ name }) => name)
    once(`each golden output of ${entry.file} once`, given)
    const missing = decoded.filter((name) => !given.includes(name))
    if (missing.length > 0)
      throw invalid(`golden outputs of ${entry.file}: ${decoded.join(', ')}`, given.join(', '))
  }
}

function known(labels: ModelManifest['labels'], ids: readonly string[], where: string): void {
  const unknown = ids.find((id) => !labels.some((label) => label.id === id))
  if (unknown === undefined) return
  throw invalid(`labels of ${where} among ${labels.map(({ id }) => id).join(', ') || 'no labels'}`, unknown)
}

function once(expected: string, values: readonly string[]): void {
  const twice = values.find((value, at) => values.indexOf(value) !== at)
  if (twice !== undefined) throw invalid(expected, `${twice} twice`)
}

function sameNames(what: string, wanted: readonly string[], came: readonly string[]): void {
  const same = wanted.length === came.length && wanted.every((name) => came.includes(name))
  if (!same) throw invalid(`${what}: ${wanted.join(', ')}`, came.join(', '))
}
