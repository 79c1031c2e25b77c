import type { GraphTensor } from '#shared/contract/model-wizard'
import { outputChoices } from './choices'
import { labelIds } from './draft-labels'
import { asJson, type Json, listAt, textAt, valueAt, withValue } from './json-path'

/** Tensors that no output of a manifest reads yet, else all. */
function free(manifest: Json, tensors: readonly GraphTensor[]): readonly GraphTensor[] {
  const read = JSON.stringify(listAt(manifest, 'outputs'))
  const left = tensors.filter(({ name }) => !read.includes(JSON.stringify(name)))
  return left.length > 0 ? left : tensors
}

/** One more output at the end: a classification to begin with, over the first tensor that is not read yet. */
export function addOutput(manifest: Json, tensors: readonly GraphTensor[]): Json {
  const name = free(manifest, tensors)[0]?.name ?? ''
  const { softmax } = outputChoices(tensors, labelIds(manifest), { name })
  return withValue(manifest, 'outputs', [...listAt(manifest, 'outputs'), asJson(softmax)])
}

/** An output taken out, with the label that only its class-agnostic score had. */
export function removeOutput(manifest: Json, place: number): Json {
  const rest = withoutAgnostic(manifest, `outputs.${place}`)
  return withValue(
    rest,
    'outputs',
    listAt(rest, 'outputs').filter((_, at) => at !== place),
  )
}

/** Masks of a YOLO output from prototypes [N, K, h, w]: the first free tensor of four dimensions. */
export function withMasks(manifest: Json, path: string, tensors: readonly GraphTensor[]): Json {
  const choice = free(manifest, tensors)
  const prototypes = choice.find(({ shape }) => shape?.length === 4) ?? choice[0]
  const coefficients = prototypes?.shape?.[1] ?? 32
  return withValue(manifest, `${path}.masks`, { name: prototypes?.name ?? '', coefficients })
}

/** A class-agnostic score of a boxes output, with a label of its own. */
export function withAgnostic(manifest: Json, path: string, tensors: readonly GraphTensor[]): Json {
  const ids = labelIds(manifest)
  let id = 'object'
  for (let at = 2; ids.includes(id); at += 1) id = `object-${at}`
  const name = { en: 'Any object', zh: '任意物体' }
  const label = asJson({ id, index: ids.length + 1, name, colour: '#b0bec5' })
  const choice = free(manifest, tensors)
  const scores = choice.find(({ shape }) => shape?.at(-1) === 1) ?? choice[0]
  const labelled = withValue(manifest, 'labels', [...listAt(manifest, 'labels'), label])
  const agnostic = { name: scores?.name ?? '', activation: 'sigmoid', label: id }
  return withValue(labelled, `${path}.agnostic`, agnostic)
}

/** Without the class-agnostic score and its label, unless an output or the operating point names that, too. */
export function withoutAgnostic(manifest: Json, path: string): Json {
  const id = textAt(manifest, `${path}.agnostic.label`)
  if (id === '') return manifest
  const rest = withValue(manifest, `${path}.agnostic`, undefined)
  const named = [valueAt(rest, 'outputs') ?? null, valueAt(rest, 'operatingPoint') ?? null]
  if (JSON.stringify(named).includes(JSON.stringify(id))) return rest
  const labels = listAt(rest, 'labels')
    .filter((label) => textAt(label, 'id') !== id)
    .map((label, at) => withValue(label, 'index', at + 1))
  return withValue(rest, 'labels', labels)
}
