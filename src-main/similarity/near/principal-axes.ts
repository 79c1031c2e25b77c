/** Vectors that the axes are drawn from at most. */
const sampled = 1024
/** Steps towards an axis: it need not be exact, only at right angles to those before. */
const steps = 12

/**
 * Places of vectors along the directions in which they differ most, one vector after the other: two lie at least as far
 * apart as these places do. The axes come from power iteration over a sample, each kept at right angles to the others.
 */
export function alongPrincipalAxes(values: Float32Array, dimensions: number, axes: number): Float32Array {
  const count = values.length / dimensions
  const found = principalAxes(values, dimensions, axes)
  const places = new Float32Array(count * axes)
  for (let i = 0; i < count; i++) {
    found.forEach((axis, k) => {
      let place = 0
      for (let at = 0; at < dimensions; at++) {
        place += (values[i * dimensions + at] as number) * (axis[at] as number)
      }
      places[i * axes + k] = place
    })
  }
  return places
}

function principalAxes(values: Float32Array, dimensions: number, axes: number): Float64Array[] {
  const sample = centredSample(values, dimensions)
  const found: Float64Array[] = []
  for (let k = 0; k < axes; k++) {
    let axis = Float64Array.from({ length: dimensions }, (_, at) => ((at * 7919 + k * 104_729) % 101) - 50)
    if (!straighten(axis, found)) break
    for (let step = 0; step < steps; step++) {
      const next = new Float64Array(dimensions)
      for (const one of sample) {
        const along = dot(one, axis)
        for (let at = 0; at < dimensions; at++) next[at] = (next[at] as number) + along * (one[at] as number)
      }
      if (!straighten(next, found)) break
      axis = next
    }
    found.push(axis)
  }
  return found
}

function centredSample(values: Float32Array, dimensions: number): Float64Array[] {
  const count = values.length / dimensions
  const stride = Math.max(1, Math.floor(count / sampled))
  const sample: Float64Array[] = []
  for (let i = 0; i < count && sample.length < sampled; i += stride) {
    sample.push(Float64Array.from(values.subarray(i * dimensions, (i + 1) * dimensions)))
  }
  const mean = new Float64Array(dimensions)
  for (const one of sample)
    one.forEach((value, at) => {
      mean[at] = (mean[at] as number) + value / sample.length
    })
  return sample.map((one) => one.map((value, at) => value - (mean[at] as number)))
}

/** Brings a vector to length 1 at right angles to others; false where nothing of it is left. */
function straighten(vector: Float64Array, others: readonly Float64Array[]): boolean {
  // twice, for what rounding leaves the first time
  for (const other of [...others, ...others]) {
    const along = dot(vector, other)
    for (let at = 0; at < vector.length; at++)
      vector[at] = (vector[at] as number) - along * (other[at] as number)
  }
  const length = Math.sqrt(dot(vector, vector))
  if (length < 1e-9) return false
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) / length
  return true
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number)
  return sum
}
