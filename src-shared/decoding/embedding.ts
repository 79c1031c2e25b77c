/** A vector of length 1 in the same direction; zeros stay zeros. */
export function unitVector(vector: ArrayLike<number>): Float32Array<ArrayBuffer> {
  let squares = 0
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2
  const length = Math.sqrt(squares)
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0))
}
