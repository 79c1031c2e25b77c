import { areaOf, type Candidate, iouOf, overlapOf } from './candidate'

/** Candidates that enter suppression at most, the best of each image. */
const MOST_CANDIDATES = 5000

export interface Suppression {
  iou: number
  acrossLabels: boolean
  maxDetections: number
}

/**
 * Greedy suppression: the best first, each one dropped that overlaps a kept one by more than `iou`, within its
 * label or across all. Ties keep their order. A candidate that `isCut` names was cut off by the edge of a tile:
 * it comes after all whole ones and is dropped when a kept one covers more than `iou` of it.
 */
export function suppress<Kind extends Candidate>(
  candidates: readonly Kind[],
  { iou, acrossLabels, maxDetections }: Suppression,
  isCut: (candidate: Kind) => boolean = () => false,
): Kind[] {
  const best = [...candidates].sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES)
  const cut = new Set(best.filter(isCut))
  const ordered = [...best.filter((one) => !cut.has(one)), ...cut]
  const kept: Kind[] = []
  const groups = new Map<string, Kind[]>()
  for (const candidate of ordered) {
    const key = acrossLabels ? '' : candidate.label
    const rivals = groups.get(key) ?? []
    const covered = (rival: Kind) =>
      cut.has(candidate)
        ? overlapOf(candidate.box, rival.box) > iou * areaOf(candidate.box)
        : iouOf(candidate.box, rival.box) > iou
    if (rivals.some(covered)) continue
    rivals.push(candidate)
    groups.set(key, rivals)
    kept.push(candidate)
  }
  return kept.sort((a, b) => b.score - a.score).slice(0, maxDetections)
}
