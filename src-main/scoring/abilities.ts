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

/** Whether a model says where something is, by masks or boxes. */
export function saysWhere(manifest: Pick<ModelManifest, 'outputs'>): boolean {
  const boxes = ['boxes', 'yolo', 'detections', 'detection-tensors']
  return drawsMasks(manifest) || manifest.outputs.some(({ decode }) => boxes.includes(decode))
}
