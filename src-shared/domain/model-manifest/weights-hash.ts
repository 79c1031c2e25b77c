import type { Precision } from './files'
import type { ModelManifest } from './index'

/** SHA-256 of the weights of a precision, of an ensemble over those of all members; empty where there are none. */
export function weightsHash({ ensemble, weights, files }: ModelManifest, wanted: Precision): string {
  if (ensemble) return ensemble.weights[wanted] ?? ''
  const file = weights.find(({ precision }) => precision === wanted)?.file
  return (file && files[file]) ?? ''
}
