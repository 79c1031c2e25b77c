import type { Database } from '#main/database/open'
import type { QueueStrategy } from '#shared/contract/datasets'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Member } from '../members/members'
import { predictionsOf } from '../predictions'
import { mostDiverse } from './diverse'
import { embeddingsOf } from './embeddings'
import { disagreementOn, uncertaintyOf, type Worth } from './worth'

export interface Ranked extends Worth {
  imageId: number
}

export interface Next {
  /** How many pictures have a vector, and how many a prediction: what the order rests on. */
  embedded: number
  scored: number
  items: Ranked[]
}

/**
 * The pictures most worth labelling. Uncertainty and diversity look at those without annotations; disagreement at all
 * of them. Mixed takes turns, each picture once.
 */
export function nextOf(
  database: Database,
  members: readonly Member[],
  annotations: ReadonlyMap<number, readonly Annotation[]>,
  { strategy, limit }: { strategy: QueueStrategy; limit: number },
): Next {
  const ids = members.map(({ imageId }) => imageId)
  const predictions = predictionsOf(database, ids)
  const embedded = embeddingsOf(database, ids)
  const open = ids.filter((id) => !annotations.has(id))
  const lists: Record<Exclude<QueueStrategy, 'mixed'>, () => Ranked[]> = {
    uncertainty: () => ranked(open, (id) => uncertaintyOf(predictions.get(id) ?? []), limit),
    disagreement: () =>
      ranked(ids, (id) => disagreementOn(annotations.get(id) ?? [], predictions.get(id) ?? []), limit),
    diversity() {
      const vectors = (wanted: readonly number[]) => wanted.flatMap((id) => embedded.get(id) ?? [])
      const labelled = vectors(ids.filter((id) => annotations.has(id)))
      return mostDiverse(vectors(open), labelled, limit).map(({ imageId, distance }) => ({
        imageId,
        worth: distance / 2,
        reason: { kind: 'far', value: distance, label: null },
      }))
    },
  }
  const items =
    strategy === 'mixed'
      ? takingTurns([lists.disagreement(), lists.uncertainty(), lists.diversity()], limit)
      : lists[strategy]()
  return { embedded: embedded.size, scored: predictions.size, items }
}

function ranked(ids: readonly number[], worthOf: (id: number) => Worth | null, limit: number): Ranked[] {
  return ids
    .flatMap((imageId) => {
      const worth = worthOf(imageId)
      return worth && worth.worth > 0 ? [{ imageId, ...worth }] : []
    })
    .sort((a, b) => b.worth - a.worth || a.imageId - b.imageId)
    .slice(0, limit)
}

function takingTurns(lists: readonly (readonly Ranked[])[], limit: number): Ranked[] {
  const taken = new Map<number, Ranked>()
  const longest = Math.max(...lists.map(({ length }) => length))
  for (let place = 0; place < longest && taken.size < limit; place++) {
    for (const list of lists) {
      const one = list[place]
      if (one && !taken.has(one.imageId) && taken.size < limit) taken.set(one.imageId, one)
    }
  }
  return [...taken.values()]
}
