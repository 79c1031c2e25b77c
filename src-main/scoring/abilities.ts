import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** Whether a model draws masks, from which label images are written. */
export function drawsMasks({ outputs }: Pick<ModelManifest, 'outputs'>): boolean {
  return outputs.some(
    (output) =>
      output.decode === 'sigmoid-mask' ||
      output.decode === 'softmax-mask' ||
      (output.decode === 'yolo' && output.masks !== undefined),
  )
}

const regions = ['sigmoid-mask', 'softmax-mask', 'boxes', 'yolo', 'detections', 'detection-tensors']

/** Whether a model says where something is, by masks or boxes. */
export function saysWhere({ outputs }: Pick<ModelManifest, 'outputs'>): boolean {
  return outputs.some(({ decode }) => regions.includes(decode))
}

/** The threshold of masks and boxes where the operating point belongs to another output; else null. */
export function regionThreshold({ outputs }: Pick<ModelManifest, 'outputs'>): number | null {
  const output = outputs.find(({ decode }) => regions.includes(decode))
  return (output && 'threshold' in output && output.threshold) || null
}

/** The label that a model gives to any object, whatever its own; null where it has none. */
export function generalLabel({ outputs }: Pick<ModelManifest, 'outputs'>): string | null {
  const output = outputs.find((one) => one.decode === 'boxes' && one.agnostic)
  return output?.decode === 'boxes' ? (output.agnostic?.label ?? null) : null
}
