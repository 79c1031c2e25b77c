import type { Decided } from '#shared/contract/annotations'
import type { ImagePrediction, SeriesFindings } from '#shared/contract/review'
import type { Box } from '#shared/domain/finding'

/** What a reader decides at once: a lesion with all its slices, a single finding, or a label of the whole picture. */
export interface Proposal {
  key: string
  label: string
  /** Null for a further label of a whole picture, whose probability is not told in brief. */
  score: number | null
  /** Empty for a label of the whole picture. */
  findingIds: readonly number[]
  /** The prediction that called the label of the whole picture; null for findings. */
  predictionId: number | null
  imageId: number
  /** Place in the stack, from 0. */
  at: number
  box: Box | null
}

/** The usual reasons to reject a proposal, chosen by their number; a label of a whole picture has no outline. */
export function reasonsFor({ predictionId }: Proposal) {
  const reasons = ['artefact', 'normal', 'benign'] as const
  return predictionId === null ? ([...reasons, 'outline', 'duplicate'] as const) : reasons
}

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
        predictionId: null,
        imageId: key.imageId,
        at: lesion.keySlice - 1,
        box,
      }
      return [[lesion.id, proposal] as const]
    }),
  )
}

/** The labels that a model called of a whole picture, the most important first. */
function classProposals({ classes, predictionId, imageId, ordinal }: ImagePrediction): Proposal[] {
  return (classes?.called ?? []).map((label, at) => ({
    key: partOf(imageId, label),
    label,
    score: at === 0 ? (classes?.score ?? null) : null,
    findingIds: [],
    predictionId,
    imageId,
    at: ordinal,
    box: null,
  }))
}

/** What was called of a picture, then its findings from a threshold on, the surest first. */
export function pictureProposals(prediction: ImagePrediction, threshold: number): Proposal[] {
  const { findings, imageId, ordinal } = prediction
  const found = findings
    .filter(({ score }) => score >= threshold)
    .sort((left, right) => right.score - left.score)
    .map(({ id, label, score, box }) => ({
      key: `finding-${id}`,
      label,
      score,
      findingIds: [id],
      predictionId: null,
      imageId,
      at: ordinal,
      box,
    }))
  return [...classProposals(prediction), ...found]
}

/** What one reader decided: by finding, or by `partOf` an image's label. */
export type Decisions = ReadonlyMap<number | string, Decided>

/** Names a label that was called of a whole image. */
export const partOf = (imageId: number, label: string) => `image-${imageId}-${label}`

/** What one reader decided, of all that readers did. */
export function decisionsOf(all: readonly Decided[], reader: string): Decisions {
  return new Map(
    all
      .filter((one) => one.reader === reader)
      .flatMap((one): [number | string, Decided][] => {
        if (one.findingId !== null) return [[one.findingId, one]]
        return one.said ? [[partOf(one.said.imageId, one.said.label), one]] : []
      }),
  )
}

/** How a proposal was decided; null while any part of it is not. */
export function decisionOf(proposal: Proposal, decisions: Decisions): Decided | null {
  let first: Decided | null = null
  const parts = proposal.predictionId === null ? proposal.findingIds : [proposal.key]
  for (const id of parts) {
    const one = decisions.get(id)
    if (!one) return null
    first ??= one
    // a region that was kept says more of a lesion than one that was not, and a corrected one says most
    if (one.state !== 'rejected' && first.state !== 'corrected') first = one
  }
  return first
}

/** The picture after a place, going round, with something that is not decided; null where there is none. */
export function nextUndecided(
  predictions: readonly ImagePrediction[],
  after: number,
  threshold: number,
  decisions: Decisions,
): ImagePrediction | null {
  const open = (prediction: ImagePrediction) =>
    pictureProposals(prediction, threshold).some((proposal) => !decisionOf(proposal, decisions))
  const begin = predictions.findIndex(({ ordinal }) => ordinal > after)
  const order = begin < 0 ? predictions : [...predictions.slice(begin), ...predictions.slice(0, begin)]
  return order.find(open) ?? null
}

/** So many are proposed in pictures, and so many of these are decided. */
export function progressOf(
  predictions: readonly ImagePrediction[],
  threshold: number,
  decisions: Decisions,
): { total: number; decided: number } {
  let [total, decided] = [0, 0]
  for (const { imageId, findings, classes } of predictions) {
    for (const { id, score } of findings) {
      if (score < threshold) continue
      total += 1
      if (decisions.has(id)) decided += 1
    }
    for (const label of classes?.called ?? []) {
      total += 1
      if (decisions.has(partOf(imageId, label))) decided += 1
    }
  }
  return { total, decided }
}

/** What is not decided and as sure as that, to be accepted at once. */
export function undecidedAbove(
  predictions: readonly ImagePrediction[],
  least: number,
  decisions: Decisions,
): { findingIds: number[]; classes: { predictionId: number; label: string }[] } {
  const findingIds = predictions.flatMap(({ findings }) =>
    findings.filter(({ id, score }) => score >= least && !decisions.has(id)).map(({ id }) => id),
  )
  const classes = predictions
    .flatMap(classProposals)
    .filter(({ key, score }) => score !== null && score >= least && !decisions.has(key))
    .flatMap(({ predictionId, label }) => (predictionId === null ? [] : { predictionId, label }))
  return { findingIds, classes }
}
