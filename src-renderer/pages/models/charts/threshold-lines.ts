import type { ModelManifest } from '#shared/domain/model-manifest/index'

type Points = NonNullable<ModelManifest['thresholds']>

/** A figure over the thresholds; `most` is the value at the top of the plot, more than 1 for counts. */
export interface ThresholdLine {
  figure: string
  most: number
  points: readonly { threshold: number; value: number }[]
}

/** The figures of a threshold table in its own order, each with the points that state it. */
export function thresholdLines(table: Points): ThresholdLine[] {
  const figures = [...new Set(table.flatMap((row) => Object.keys(row)))].filter((key) => key !== 'threshold')
  const rows = [...table].sort((a, b) => a.threshold - b.threshold)
  return figures.map((figure) => {
    const points = rows.flatMap((row) => {
      const value = row[figure]
      return value === undefined ? [] : [{ threshold: row.threshold, value }]
    })
    return { figure, points, most: Math.max(1, Math.ceil(Math.max(...points.map(({ value }) => value)))) }
  })
}
