import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { probabilitiesOf } from './head'
import { accuracies, type Estimate } from './intervals'

/** What the head says of a picture that it was not made of. */
export interface LeftOut {
  truth: number
  called: number
  confidence: number
  group: number
}

export interface Judgement {
  accuracy: Estimate
  /** Mean over the labels of the share of their pictures that are called so. */
  meanRecall: Estimate
  labels: readonly { recall: number; pictures: number }[]
  /** The most frequent mistakes first. */
  confusions: readonly { truth: number; called: number; pictures: number }[]
  reliability: NonNullable<ModelManifest['reliability']>
  thresholds: NonNullable<ModelManifest['thresholds']>
  operatingPoint: { threshold: number; chosen: string }
}

const BINS = 10
/** Mistakes that are named. */
const NAMED = 10
const WANTED = 0.95
const STEPS = Array.from({ length: 16 }, (_, at) => (20 + 5 * at) / 100)
const SHOWN = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Rows of cosines [pictures, labels] as calls. */
export function callsOf(
  cosines: Float32Array,
  labels: number,
  scale: number,
  { labelOf, groupOf }: { labelOf: readonly number[]; groupOf: readonly number[] },
): LeftOut[] {
  return labelOf.map((truth, at) => {
    const probabilities = probabilitiesOf(cosines.subarray(at * labels, (at + 1) * labels), scale)
    const confidence = probabilities.reduce((most, value) => Math.max(most, value), 0)
    return { truth, called: probabilities.indexOf(confidence), confidence, group: groupOf[at] ?? at }
  })
}

/** Every figure of a head, from its calls of pictures that were left out. */
export function judge(calls: readonly LeftOut[], labels: number): Judgement {
  const operatingPoint = chosenThreshold(calls)
  const shown = [...new Set([...SHOWN, operatingPoint.threshold])].sort((a, b) => a - b)
  return {
    ...accuracies(calls, labels),
    labels: Array.from({ length: labels }, (_, label) => {
      const own = calls.filter(({ truth }) => truth === label)
      return { recall: share(own, right), pictures: own.length }
    }),
    confusions: confusionsOf(calls),
    reliability: reliabilityOf(calls),
    thresholds: shown.map((threshold) => ({ threshold, ...atThreshold(calls, threshold) })),
    operatingPoint,
  }
}

const right = ({ truth, called }: LeftOut) => truth === called

const share = (calls: readonly LeftOut[], wanted: (call: LeftOut) => boolean): number =>
  calls.length === 0 ? 0 : round(calls.filter(wanted).length / calls.length)

const round = (value: number) => Math.round(value * 1e4) / 1e4

/**
 * The lowest confidence at which 95 % of the named pictures are right. Where they are so at any confidence, the greatest
 * at which 95 % of all are still named, so that pictures of other things may be held back; where they are at none, that
 * at which most are right.
 */
function chosenThreshold(calls: readonly LeftOut[]): Judgement['operatingPoint'] {
  const table = STEPS.map((threshold) => ({ threshold, ...atThreshold(calls, threshold) })).filter(
    ({ coverage }) => coverage > 0,
  )
  const [lowest = { threshold: 0.5, precision: 0, coverage: 0 }] = table
  const sound = table.find(({ precision }) => precision >= WANTED)
  const best = table.reduce((most, row) => (row.precision > most.precision ? row : most), lowest)
  const naming = table.findLast(({ coverage }) => coverage >= WANTED)
  const told = (row: { threshold: number }, why: string) => ({
    threshold: row.threshold,
    chosen: `${why}; chosen on the same left-out predictions that the figures are of; below it the app is not sure`,
  })
  if (!sound) {
    return told(
      best,
      'confidence (steps of 0.05) at which most of the named pictures are right, as none reaches 95 %',
    )
  }
  if (sound === lowest && naming) {
    return told(
      naming,
      'greatest confidence (steps of 0.05) at which 95 % of the pictures are named, as 95 % of the named are right at any',
    )
  }
  return told(sound, 'lowest confidence (steps of 0.05) at which 95 % of the named pictures are right')
}

function atThreshold(calls: readonly LeftOut[], threshold: number) {
  const named = calls.filter(({ confidence }) => confidence >= threshold)
  const wrong = calls.filter((call) => !right(call))
  return {
    coverage: round(named.length / Math.max(1, calls.length)),
    precision: share(named, right),
    unsureWhenWrong: share(wrong, ({ confidence }) => confidence < threshold),
  }
}

function reliabilityOf(calls: readonly LeftOut[]): Judgement['reliability'] {
  const binOf = ({ confidence }: LeftOut) => Math.min(BINS - 1, Math.floor(confidence * BINS))
  const bins = [...Map.groupBy(calls, binOf)]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => ({
      confidence: round(own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length),
      accuracy: share(own, right),
      count: own.length,
    }))
  const ece = bins.reduce(
    (sum, { confidence, accuracy, count }) => sum + (count / calls.length) * Math.abs(confidence - accuracy),
    0,
  )
  return { bins, ece: round(ece) }
}

function confusionsOf(calls: readonly LeftOut[]): Judgement['confusions'] {
  const pairs = Map.groupBy(
    calls.filter((call) => !right(call)),
    ({ truth, called }) => `${truth} ${called}`,
  )
  return [...pairs.values()]
    .flatMap((own) => (own[0] ? [{ truth: own[0].truth, called: own[0].called, pictures: own.length }] : []))
    .sort((a, b) => b.pictures - a.pictures || a.truth - b.truth || a.called - b.called)
    .slice(0, NAMED)
}
