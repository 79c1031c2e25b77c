/**
 * Intraclass correlation of a measure that the same readers took of the same things: ICC(2,1), two-way random effects,
 * absolute agreement, single measure (Shrout and Fleiss, Psychological Bulletin 86, 1979; McGraw and Wong 1996).
 * @param rows one for each thing, with one value for each reader
 * @returns null for fewer than two things or readers, and where all values are the same
 */
export function intraclassCorrelation(rows: readonly (readonly number[])[]): number | null {
  const things = rows.length
  const readers = rows[0]?.length ?? 0
  if (things < 2 || readers < 2) return null
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const grand = mean(rows.flat())
  const columns = Array.from({ length: readers }, (_, at) => mean(rows.map((row) => row[at] ?? 0)))
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - grand) ** 2, 0)
  const betweenThings = readers * squares(rows.map(mean))
  const betweenReaders = things * squares(columns)
  const residual = squares(rows.flat()) - betweenThings - betweenReaders
  const meanThings = betweenThings / (things - 1)
  const meanReaders = betweenReaders / (readers - 1)
  const meanResidual = residual / ((things - 1) * (readers - 1))
  const total = meanThings + (readers - 1) * meanResidual + (readers * (meanReaders - meanResidual)) / things
  return total === 0 ? null : (meanThings - meanResidual) / total
}
