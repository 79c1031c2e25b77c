interface Size {
  rows: number
  columns: number
}

/** Puts a Gaussian over a plane (rows x columns, row by row) in its place, its edges held on; nothing below 0.1 pixels. */
export function blurred(plane: Float32Array, { rows, columns }: Size, sigma: number): Float32Array {
  if (sigma < 0.1) return plane
  const reach = Math.ceil(3 * sigma)
  const bell = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  )
  const all = bell.reduce((sum, weight) => sum + weight, 0)
  const weights = bell.map((weight) => weight / all)
  const across = new Float32Array(plane.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let k = -reach; k <= reach; k++) {
        const other = Math.min(columns - 1, Math.max(0, column + k))
        sum += (weights[k + reach] as number) * (plane[row * columns + other] as number)
      }
      across[row * columns + column] = sum
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let k = -reach; k <= reach; k++) {
        const other = Math.min(rows - 1, Math.max(0, row + k))
        sum += (weights[k + reach] as number) * (across[other * columns + column] as number)
      }
      plane[row * columns + column] = sum
    }
  }
  return plane
}
