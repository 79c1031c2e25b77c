import { forEachSetRun } from '#shared/geometry/rle'
import type { ReportItem } from './report-items'

/**
 * Rows x columns bytes with the label index of every pixel, 0 where nothing was found. Where regions overlap,
 * the one with the higher score shows.
 */
export function labelImage(item: ReportItem, labels: ReadonlyMap<string, { index: number }>): Uint8Array {
  const pixels = new Uint8Array(item.rows * item.columns)
  for (const { mask, label } of [...item.findings].sort((a, b) => a.score - b.score)) {
    if (!mask) continue
    forEachSetRun(mask, (start, length) => pixels.fill(labels.get(label)?.index ?? 0, start, start + length))
  }
  return pixels
}
