import type { Decided } from '#shared/contract/annotations'
import type { ImagePrediction, SeriesFindings } from '#shared/contract/review'
import type { Box } from '#shared/domain/finding'

/** What a reader decides at once: a lesion with all its slices, or a single finding. */
export interface Proposal {
  key: string
  label: string
  score: number
  findingIds: readonly number[]
  imageId: number
  /** Place in the stack, from 0. */
  at: number
  box: Box | null
}

/** The usual reasons to reject a proposal, chosen by their number. */
export const reasons = ['artefact', 'normal', 'benign', 'outline', 'duplicate'] as const

/** The regions of each lesion, at its key slice. */
export function lesionProposals({ lesions, predictions }: SeriesFindings): Map<number, Proposal> {
  const findings = predictions.flatMap((prediction) => prediction.findings)
  const byLesion = Map.groupBy(findings, ({ lesionId }) => lesionId)
  const byPlace = new Map(predictions.map((prediction) => [prediction.ordinal, prediction]))
  return new Map(
    lesions.flatMap((lesion) => {
      const own = byLesion.get(lesion.id) ?? []
      const key = byPlace.get(lesion.keySlice - 1)
      if (own.length === 0 || !key) return []
      const box = own.find(({ imageId }) => imageId === key.imageId)?.box ?? null
      const proposal: Proposal = {
        key: `lesion-${lesion.id}`,
        label: lesion.label,
        score: lesion.maxProbability,
        findingIds: own.map(({ id }) => id),
        imageId: key.imageId,
        at: lesion.keySlice - 1,
        box,
      }
      return [[lesion.id, proposal] as const]
    }),
  )
}

/** The findings of a picture from a threshold on, the surest first. */
export function pictureProposals(
  { findings, imageId, ordinal }: ImagePrediction,
  threshold: number,
): Proposal[] {
  return findings
    .filter(({ score }) => score >= threshold)
    .sort((left, right) => right.score - left.score)
    .map(({ id, label, score, box }) => ({
      key: `finding-${id}`,
      label,
      score,
      findingIds: [id],
      imageId,
      at: ordinal,
      box,
    }))
}

/** What one reader decided, by finding. */
export type Decisions = ReadonlyMap<number, Decided>

/** How a proposal was decided; null while any part of it is not. */
export function decisionOf(proposal: Proposal, decisions: Decisions): Decided | null {
  let first: Decided | null = null
  for (const id of proposal.findingIds) {
    const one = decisions.get(id)
    if (!one) return null
    first ??= one
    // a region that was kept says more of a lesion than one that was not, and a corrected one says most
    if (one.state !== 'rejected' && first.state !== 'corrected') first = one
  }
  return first
}

/** The picture after a place, going round, with a finding that is not decided; null where there is none. */
export function nextUndecided(
  predictions: readonly ImagePrediction[],
  after: number,
  threshold: number,
  decisions: Decisions,
): ImagePrediction | null {
  const open = ({ findings }: ImagePrediction) =>
    findings.some(({ id, score }) => score >= threshold && !decisions.has(id))
  const begin = predictions.findIndex(({ ordinal }) => ordinal > after)
  const order = begin < 0 ? predictions : [...predictions.slice(begin), ...predictions.slice(0, begin)]
  return order.find(open) ?? null
}
