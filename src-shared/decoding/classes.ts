import type { ModelManifest, OutputDecoding } from '../domain/model-manifest/index'
import { activate } from './activation'
import { imageOf, type Outputs, type Place } from './tensor'

export type ClassOutput = Extract<OutputDecoding, { decode: 'softmax' | 'multi-label' }>

/** What a classifying output says of an image. */
export interface ClassCall {
  output: string
  probabilities: { label: string; probability: number }[]
  groups: { group: string; probability: number }[]
  called: string[]
}

/** The part of a manifest that calls labels. */
export type CallingRules = Pick<ModelManifest, 'labels' | 'groups' | 'operatingPoint'>

/** Whether an output speaks of the whole image by labels. */
export function isClassOutput(output: OutputDecoding): output is ClassOutput {
  return output.decode === 'softmax' || output.decode === 'multi-label'
}

/** Probability of each label of the output, in its order. */
export function probabilitiesOf(output: ClassOutput, outputs: Outputs, place: Place): Float64Array {
  const { data } = imageOf(outputs, output.name, place, [output.labels.length])
  return Float64Array.from(activate(data, output.activation))
}

/**
 * Calls labels from probabilities. One label for the image: the operating point's label from its threshold on,
 * else the likeliest of the others; without such a label the likeliest, if it reaches the threshold. Any number
 * of labels: all that reach the threshold.
 */
export function callOf(
  output: ClassOutput,
  values: ArrayLike<number>,
  rules: CallingRules,
  threshold: number,
): ClassCall {
  const probabilities = output.labels.map((label, i) => ({ label, probability: values[i] ?? 0 }))
  const groupOf = new Map(rules.labels.map(({ id, group }) => [id, group]))
  const members = output.labels.map((label) => groupOf.get(label))
  const groups = rules.groups.flatMap(({ id }) =>
    members.includes(id)
      ? [
          {
            group: id,
            probability: members.reduce((sum, group, i) => sum + (group === id ? (values[i] ?? 0) : 0), 0),
          },
        ]
      : [],
  )
  const called =
    output.decode === 'multi-label'
      ? probabilities.filter(({ probability }) => probability >= (output.threshold ?? threshold))
      : singleOf(probabilities, rules.operatingPoint.label, threshold)
  return { output: output.name, probabilities, groups, called: called.map(({ label }) => label) }
}

type Probability = ClassCall['probabilities'][number]

function singleOf(probabilities: Probability[], first: string | undefined, threshold: number): Probability[] {
  const key = probabilities.find(({ label }) => label === first)
  if (key && key.probability >= threshold) return [key]
  const [likeliest] = probabilities.filter((one) => one !== key).sort((a, b) => b.probability - a.probability)
  if (!likeliest) return []
  return first !== undefined || likeliest.probability >= threshold ? [likeliest] : []
}
