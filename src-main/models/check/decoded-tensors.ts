import type { OutputDecoding } from '#shared/domain/model-manifest/index'

/** Names of the network's outputs that a decoding reads. */
export function decodedTensors(output: OutputDecoding): string[] {
  switch (output.decode) {
    case 'boxes':
      return [output.boxes.name, output.scores.name, ...(output.agnostic ? [output.agnostic.name] : [])]
    case 'yolo':
      return [output.name, ...(output.masks ? [output.masks.name] : [])]
    case 'detection-tensors':
      return [output.boxes.name, output.scores, output.classes, ...(output.count ? [output.count] : [])]
    default:
      return [output.name]
  }
}
