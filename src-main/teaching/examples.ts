import type { FrozenSet } from '#main/datasets/types'
import type { LeftOutReason } from '#shared/contract/teaching'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import { LeptonError } from '#shared/domain/fault'

/** A label needs as many pictures: one to be judged and one to be judged by. */
const LEAST_PICTURES = 2
const LEAST_LABELS = 2
/** Numbers that the judgement holds: pictures times labels. */
const MOST_SCORES = 2_000_000

/** A picture with the one label that was given to the whole of it. */
export interface Example {
  imageId: number
  path: string
  /** Place of its label in the lesson's. */
  label: number
  subject: string
  study: string
}

/** What is taught: labels with their examples, and what is left aside. */
export interface Lesson {
  /** `<data set>-v<number>`, and its hash. */
  name: string
  hash: string
  labels: readonly SchemaLabel[]
  examples: readonly Example[]
  /** Labels of too few pictures, with how many they have. */
  rare: readonly { label: SchemaLabel; pictures: number }[]
  leftOut: ReadonlyMap<LeftOutReason, number>
}

/**
 * The examples of a frozen version: pictures with exactly one label of the whole picture, each file once, of labels
 * with two pictures at least.
 * @param there images that are still in the library
 */
export function lessonOf({ name, hash, labels, images }: FrozenSet, there: ReadonlySet<number>): Lesson {
  const leftOut = new Map<LeftOutReason, number>()
  const leave = (reason: LeftOutReason, pictures = 1) =>
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + pictures)
  const seen = new Set<string>()
  const byLabel = new Map<string, Omit<Example, 'label'>[]>([...labels.keys()].map((key) => [key, []]))
  for (const { imageId, path, subject, study, sha256, frame, annotations } of images) {
    const said = new Set(
      annotations
        .filter(({ shape, state }) => shape.kind === 'tag' && state !== 'rejected')
        .map(({ label }) => label),
    )
    const [key] = said
    const copy = `${sha256} ${frame}`
    if (key === undefined) leave('no-label')
    else if (said.size > 1) leave('several-labels')
    else if (!there.has(imageId)) leave('gone')
    else if (sha256 !== null && seen.has(copy)) leave('copy')
    else {
      seen.add(copy)
      byLabel.get(key)?.push({ imageId, path, subject, study })
    }
  }
  const used = [...byLabel].flatMap(([key, own]) => {
    const label = labels.get(key)
    return label && own.length > 0 ? [{ label, own }] : []
  })
  const taught = used.filter(({ own }) => own.length >= LEAST_PICTURES)
  const rare = used.filter(({ own }) => own.length < LEAST_PICTURES)
  for (const { own } of rare) leave('rare-label', own.length)
  return {
    name,
    hash,
    labels: taught.map(({ label }) => label),
    examples: taught.flatMap(({ own }, label) => own.map((one) => ({ ...one, label }))),
    rare: rare.map(({ label, own }) => ({ label, pictures: own.length })),
    leftOut,
  }
}

/** A lesson without some of its pictures, and without the labels that have too few of them then. */
export function without(lesson: Lesson, lost: ReadonlySet<number>): Lesson {
  const left = lesson.examples.filter(({ imageId }) => !lost.has(imageId))
  const counts = lesson.labels.map((_, at) => left.filter(({ label }) => label === at).length)
  const kept = lesson.labels.flatMap((_, at) => ((counts[at] ?? 0) >= LEAST_PICTURES ? [at] : []))
  return {
    ...lesson,
    labels: kept.flatMap((at) => lesson.labels[at] ?? []),
    examples: left.flatMap((one) => {
      const label = kept.indexOf(one.label)
      return label < 0 ? [] : [{ ...one, label }]
    }),
    rare: [
      ...lesson.rare,
      ...lesson.labels.flatMap((label, at) =>
        kept.includes(at) ? [] : [{ label, pictures: counts[at] ?? 0 }],
      ),
    ],
  }
}

/** @throws INPUT_INVALID where a lesson has too little to tell apart, or more than can be judged */
export function ensureTeachable({ labels, examples, rare, leftOut }: Lesson): void {
  if (labels.length < LEAST_LABELS) {
    const there = [
      ...labels.map(({ key }, at) => `${key} ${examples.filter(({ label }) => label === at).length}`),
      ...rare.map(({ label, pictures }) => `${label.key} ${pictures}`),
    ]
    const unlabelled = leftOut.get('no-label') ?? 0
    throw new LeptonError('INPUT_INVALID', {
      expected: `at least ${LEAST_LABELS} labels with ${LEAST_PICTURES} pictures each that have it alone`,
      received: `${there.join(', ') || 'no labels of whole pictures'}; ${unlabelled} pictures without one`,
      remedy: 'Label whole pictures in the viewer, then freeze the data set again.',
    })
  }
  if (examples.length * labels.length > MOST_SCORES) {
    throw new LeptonError('INPUT_INVALID', {
      expected: `at most ${MOST_SCORES} for pictures times labels`,
      received: `${examples.length} x ${labels.length}`,
      remedy: 'Narrow the question of the data set and freeze it again.',
    })
  }
}
