import type { Annotation } from '../domain/annotation/annotation'
import { intraclassCorrelation } from './intraclass'
import { cohenKappa } from './kappa'
import { matchByOverlap } from './matching'
import { diceOf, type ImageSize, objectsOf, overlapOf, type ReadObject } from './objects'

/** Objects of two readers are the same from this intersection over union on. */
export const SAME_OBJECT = 0.1

/** How two readers agree on one label, or on all together. */
export interface LabelAgreement {
  /** Null: all labels. */
  label: string | null
  /** Objects of the first and of the second reader, and those that both saw. */
  left: number
  right: number
  both: number
  /** Mean Dice coefficient of the objects that both saw. */
  dice: number | null
  /** Share of objects that both saw, among those that either saw: 2 x both / (left + right). */
  detection: number | null
  /** ICC(2,1) of the measures of the objects that both saw. */
  icc: number | null
}

/** An object on which two readers differ, for a third to decide. */
export interface Difference {
  kind: 'left-only' | 'right-only' | 'label' | 'outline'
  left: ReadObject | null
  right: ReadObject | null
  overlap: number
}

export interface PairAgreement {
  labels: LabelAgreement[]
  /** Cohen's kappa of the labels that each reader gives to each image and to the study; null without any. */
  kappa: number | null
  differences: Difference[]
}

/** What two readers say of the same study. */
export interface ReaderPair {
  left: readonly Annotation[]
  right: readonly Annotation[]
  images: ReadonlyMap<number, ImageSize>
  /** Intersection over union below which outlines differ. */
  outline?: number
}

/** Compares two readers: objects are paired by overlap, whatever their labels. */
export function agreementOf({ left, right, images, outline = 0.7 }: ReaderPair): PairAgreement {
  const [ofLeft, ofRight] = [objectsOf(left, images), objectsOf(right, images)]
  const matches = matchByOverlap(
    ofLeft.length,
    ofRight.length,
    (l, r) => pairOf(ofLeft[l], ofRight[r], overlapOf),
    SAME_OBJECT,
  )
  const pairs = matches.flatMap((match) => {
    const [one, other] = [ofLeft[match.left], ofRight[match.right]]
    return one && other ? [{ left: one, right: other, overlap: match.overlap }] : []
  })
  const labels = [...new Set([...ofLeft, ...ofRight].map(({ label }) => label))].sort()
  const seen = { left: ofLeft, right: ofRight, pairs }
  return {
    labels: [null, ...labels].map((label) => labelAgreement(seen, label)),
    kappa: cohenKappa(categories(left, right, images)),
    differences: differencesOf(seen, outline),
  }
}

interface Seen {
  left: readonly ReadObject[]
  right: readonly ReadObject[]
  pairs: readonly { left: ReadObject; right: ReadObject; overlap: number }[]
}

function labelAgreement({ left, right, pairs }: Seen, label: string | null): LabelAgreement {
  const of = (one: ReadObject) => label === null || one.label === label
  const both = pairs.filter((pair) => of(pair.left) && of(pair.right) && pair.left.label === pair.right.label)
  const [ofLeft, ofRight] = [left.filter(of).length, right.filter(of).length]
  const measured = both.flatMap((pair) =>
    pair.left.measure === null || pair.right.measure === null
      ? []
      : [[pair.left.measure, pair.right.measure]],
  )
  const dice = both.map((pair) => diceOf(pair.left, pair.right))
  return {
    label,
    left: ofLeft,
    right: ofRight,
    both: both.length,
    dice: dice.length > 0 ? dice.reduce((sum, value) => sum + value, 0) / dice.length : null,
    detection: ofLeft + ofRight > 0 ? (2 * both.length) / (ofLeft + ofRight) : null,
    icc: intraclassCorrelation(measured),
  }
}

function differencesOf({ left, right, pairs }: Seen, outline: number): Difference[] {
  const paired = new Set(pairs.flatMap((pair) => [pair.left, pair.right]))
  return [
    ...pairs.flatMap((pair): Difference[] => {
      if (pair.left.label !== pair.right.label) return [{ kind: 'label', ...pair }]
      return pair.overlap < outline ? [{ kind: 'outline', ...pair }] : []
    }),
    ...left
      .filter((one) => !paired.has(one))
      .map((one): Difference => ({ kind: 'left-only', left: one, right: null, overlap: 0 })),
    ...right
      .filter((one) => !paired.has(one))
      .map((one): Difference => ({ kind: 'right-only', left: null, right: one, overlap: 0 })),
  ]
}

/** What each reader says of every image and of the study: the labels of its tags and objects, in order. */
function categories(
  left: readonly Annotation[],
  right: readonly Annotation[],
  images: ReadonlyMap<number, ImageSize>,
): (readonly [string, string])[] {
  const said = (annotations: readonly Annotation[], imageId: number | null) =>
    [
      ...new Set(
        annotations
          .filter((one) => one.imageId === imageId && one.state !== 'rejected')
          .map(({ label }) => label),
      ),
    ]
      .sort()
      .join(' ')
  const ofStudy: readonly [string, string] = [said(left, null), said(right, null)]
  const ofImages = [...images.keys()].map((imageId) => [said(left, imageId), said(right, imageId)] as const)
  return ofStudy[0] === '' && ofStudy[1] === '' ? ofImages : [ofStudy, ...ofImages]
}

function pairOf(
  left: ReadObject | undefined,
  right: ReadObject | undefined,
  overlap: (left: ReadObject, right: ReadObject) => number,
): number {
  return left && right ? overlap(left, right) : 0
}
