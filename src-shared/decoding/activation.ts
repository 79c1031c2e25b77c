/** Logistic function. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Values that add up to 1; the greatest is taken off first so that nothing overflows. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < logits.length; i++) most = Math.max(most, logits[i] ?? 0)
  const values = Float64Array.from(logits, (x) => Math.exp(x - most))
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}

/** Probabilities of one row of labels. */
export function activate(
  row: ArrayLike<number>,
  activation: 'none' | 'sigmoid' | 'softmax',
): ArrayLike<number> {
  if (activation === 'none') return row
  return activation === 'softmax' ? softmax(row) : Float64Array.from(row, sigmoid)
}
