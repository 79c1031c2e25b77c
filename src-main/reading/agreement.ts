import type { AnnotatedStudy, Annotations } from '#main/annotations/types'
import { agreementOf, type Difference } from '#shared/agreement/agreement'
import type { PairAgreement, ReadingDifference } from '#shared/contract/reading'
import type { Annotation } from '#shared/domain/annotation/annotation'

/**
 * How every two readers agree. Several studies count as one: their objects, images and measures are taken together;
 * only what both readers read counts.
 */
export function readerAgreement(
  annotations: Pick<Annotations, 'forStudy'>,
  studyIds: readonly number[],
): PairAgreement[] {
  const studies = studyIds.map((studyId) => annotations.forStudy(studyId, { rejected: false }))
  const readers = studies.map(readersOf)
  const names = [...new Set(readers.flatMap((some) => [...some]))].sort()
  return names.flatMap((left, at) =>
    names.slice(at + 1).flatMap((right): PairAgreement[] => {
      const shared = studies.filter((_, index) => readers[index]?.has(left) && readers[index]?.has(right))
      return shared.length === 0 ? [] : [pairOf(left, right, shared)]
    }),
  )
}

const saidOf = ({ tags, images }: AnnotatedStudy): Annotation[] => [
  ...tags,
  ...images.flatMap((image) => image.annotations),
]

const readersOf = (study: AnnotatedStudy) => new Set(saidOf(study).map(({ reader }) => reader))

function pairOf(left: string, right: string, studies: readonly AnnotatedStudy[]): PairAgreement {
  const said = studies.flatMap(saidOf)
  const images = new Map(
    studies.flatMap((study) =>
      study.images.map(({ imageId, rows, columns, geometry }) => [
        imageId,
        { rows, columns, spacing: geometry?.spacing ?? null },
      ]),
    ),
  )
  const by = (reader: string) => said.filter((one) => one.reader === reader)
  const { labels, kappa, differences } = agreementOf({ left: by(left), right: by(right), images })
  return {
    left,
    right,
    studies: studies.length,
    labels,
    kappa,
    differences: studies.length === 1 ? differences.map(differenceOf) : [],
  }
}

function differenceOf({ kind, left, right, overlap }: Difference): ReadingDifference {
  const [seen] = [left, right].flatMap((one) => one?.annotations ?? [])
  return {
    kind,
    leftObject: left?.objectId ?? null,
    rightObject: right?.objectId ?? null,
    leftLabel: left?.label ?? null,
    rightLabel: right?.label ?? null,
    overlap,
    imageId: seen?.imageId ?? null,
  }
}
