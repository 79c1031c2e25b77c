import type { Annotation } from '#shared/domain/annotation/annotation'
import { type DataSetStatistics, heatSide, shapeSteps } from '#shared/domain/data-set/statistics'
import { extentOf } from '#shared/geometry/shapes/extent'
import type { Member } from '../members/members'
import { ageOf, cellsOf, pictureSizeOf, shapeStepOf } from './facets'

const mostBars = 40

/** Counts of what a data set holds. */
export function statisticsOf(
  members: readonly Member[],
  annotations: ReadonlyMap<number, readonly Annotation[]>,
): DataSetStatistics {
  const own = members.flatMap((member) =>
    (annotations.get(member.imageId) ?? []).map((annotation) => ({ member, annotation })),
  )
  const images = new Map<string, Set<number>>()
  for (const { member, annotation } of own) {
    const known = images.get(annotation.label) ?? new Set()
    images.set(annotation.label, known.add(member.imageId))
  }
  const labels = tally(own, ({ annotation }) => annotation.label)
  return {
    images: members.length,
    annotated: members.filter(({ imageId }) => annotations.has(imageId)).length,
    annotations: own.length,
    subjects: new Set(members.map(({ subject }) => subject)).size,
    labels: labels.map(({ name, count }) => ({
      name,
      annotations: count,
      images: images.get(name)?.size ?? 0,
    })),
    kinds: tally(own, ({ annotation }) => annotation.shape.kind),
    states: tally(own, ({ annotation }) => annotation.state),
    readers: tally(own, ({ annotation }) => annotation.reader),
    sexes: tally(members, ({ sex }) => sex ?? ''),
    ages: tally(members, ageOf).sort((a, b) => Number(a.name || 999) - Number(b.name || 999)),
    devices: tally(members, ({ device }) => device ?? ''),
    subjectSizes: tally(members, ({ subjectLabel }) => subjectLabel),
    pictureSizes: tally(members, pictureSizeOf),
    ...placesOf(own),
  }
}

function placesOf(own: readonly { member: Member; annotation: Annotation }[]) {
  const heat = new Array<number>(heatSide * heatSide).fill(0)
  const sizes = shapeSteps.map(() => 0)
  for (const { member, annotation } of own) {
    const box = extentOf(annotation.shape)
    const step = shapeStepOf(box, member)
    if (!box || step === null) continue
    sizes[step] = (sizes[step] ?? 0) + 1
    for (const cell of cellsOf(box, member)) heat[cell] = (heat[cell] ?? 0) + 1
  }
  return { heat, shapeSizes: sizes.map((count, step) => ({ name: String(step), count })) }
}

/** Names with their counts, the most frequent first. */
function tally<T>(things: readonly T[], nameOf: (thing: T) => string): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const thing of things) {
    const name = nameOf(thing)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, mostBars)
}
