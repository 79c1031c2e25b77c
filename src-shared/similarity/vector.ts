/** A row of `embeddings`: float32, little endian. */
export interface StoredVector {
  dimensions: number
  vector: Uint8Array
}

/** A stored vector brought to length 1. */
export function unitVector({ dimensions, vector }: StoredVector): Float32Array {
  const view = new DataView(vector.buffer, vector.byteOffset, vector.byteLength)
  return unit(Float32Array.from({ length: dimensions }, (_, at) => view.getFloat32(4 * at, true)))
}

/** A vector brought to length 1; one of zeros stays as it is. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length)
}

/** Cosine of two vectors of length 1; they have the same dimensions. */
export function cosine(left: Float32Array, right: Float32Array): number {
  let product = 0
  for (let at = 0; at < left.length; at++) product += (left[at] ?? 0) * (right[at] ?? 0)
  return product
}
