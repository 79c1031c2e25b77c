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

/** What counts as found: from a score on, and for any object ("product") only where it has no label of its own. */
export interface Standard {
  least: number
  generalLabel: string | null
}

/** The findings of a picture that count. */
export function foundIn({ findings }: ImagePrediction, { least, generalLabel }: Standard) {
  const found = findings.filter(({ score }) => score >= least)
  const named = placesNamed(found, generalLabel)
  return found.filter(({ label, box }) => label !== generalLabel || !box || !named.has(box.join(' ')))
}

const placesNamed = (found: ImagePrediction['findings'], generalLabel: string | null) =>
  new Set(found.flatMap(({ label, box }) => (box && label !== generalLabel ? [box.join(' ')] : [])))

/** Findings that need no showing any more: those decided, and those of any object that a decided one named. */
export function settledBy(
  decisions: Decisions,
  predictions: readonly ImagePrediction[],
  generalLabel: string | null,
): ReadonlySet<number> {
  const settled = new Set([...decisions.keys()].filter((key) => typeof key === 'number'))
  if (generalLabel === null) return settled
  for (const { findings } of predictions) {
    const named = placesNamed(
      findings.filter(({ id }) => decisions.has(id)),
      generalLabel,
    )
    for (const { id, label, box } of findings) {
      if (label === generalLabel && box && named.has(box.join(' '))) settled.add(id)
    }
  }
  return settled
}

/** What was called of a picture, then its findings, the surest first. */
export function pictureProposals(prediction: ImagePrediction, standard: Standard): Proposal[] {
  const { imageId, ordinal } = prediction
  const found = foundIn(prediction, standard)
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
  standard: Standard,
  decisions: Decisions,
): ImagePrediction | null {
  const open = (prediction: ImagePrediction) =>
    pictureProposals(prediction, standard).some((proposal) => !decisionOf(proposal, decisions))
  const begin = predictions.findIndex(({ ordinal }) => ordinal > after)
  const order = begin < 0 ? predictions : [...predictions.slice(begin), ...predictions.slice(0, begin)]
  return order.find(open) ?? null
}

/** So many are proposed in pictures, and so many of these are decided. */
export function progressOf(
  predictions: readonly ImagePrediction[],
  standard: Standard,
  decisions: Decisions,
): { total: number; decided: number } {
  let [total, decided] = [0, 0]
  for (const prediction of predictions) {
    const { imageId, classes } = prediction
    for (const { id } of foundIn(prediction, standard)) {
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

/** What is proposed, not decided and as sure as that, to be accepted at once. */
export function undecidedAbove(
  predictions: readonly ImagePrediction[],
  score: number,
  standard: Standard,
  decisions: Decisions,
): { findingIds: number[]; classes: { predictionId: number; label: string }[] } {
  const findingIds = predictions.flatMap((prediction) =>
    foundIn(prediction, standard)
      .filter((found) => found.score >= score && !decisions.has(found.id))
      .map(({ id }) => id),
  )
  const classes = predictions
    .flatMap(classProposals)
    .filter((called) => called.score !== null && called.score >= score && !decisions.has(called.key))
    .flatMap(({ predictionId, label }) => (predictionId === null ? [] : { predictionId, label }))
  return { findingIds, classes }
}
