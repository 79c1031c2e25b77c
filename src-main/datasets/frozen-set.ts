import { leaksIn } from '#shared/domain/data-set/split'
import { LeptonError } from '#shared/domain/fault'
import type { SplitStore, StoredSplit } from './splits/split-store'
import type { SetStore } from './store'
import type { FrozenQuery, FrozenSet } from './types'
import type { VersionStore } from './versions/version-store'

interface Stores {
  sets: SetStore
  versions: VersionStore
  splits: SplitStore
}

/** A version as it was frozen, divided by a split whose leaks are none or known. @throws NOT_FOUND, DATA_LEAK */
export function frozenSet({ sets, versions, splits }: Stores, query: FrozenQuery): FrozenSet {
  const { id, name } = sets.named(query.name)
  const version = versions.find(id, query.version)
  const split = chosenSplit(splits.list(version.id), query.splitId)
  if (split && split.acknowledgedAt === null && !query.acceptLeaks) ensureTight(split)
  const parts = split ? splits.parts(split.id) : new Map<number, string>()
  return {
    name: `${name}-v${version.number}`,
    hash: version.hash,
    labels: new Map(versions.labels(version.id).map((label) => [label.key, label])),
    images: versions
      .images(version.id)
      .map((image) => ({ ...image, part: parts.get(image.imageId) ?? null })),
  }
}

function chosenSplit(all: readonly StoredSplit[], splitId: number | null | undefined): StoredSplit | null {
  if (splitId === null) return null
  if (splitId === undefined) return all[0] ?? null
  const found = all.find(({ id }) => id === splitId)
  if (found) return found
  throw new LeptonError('NOT_FOUND', { expected: 'a split of this version', received: `number ${splitId}` })
}

function ensureTight({ leaks }: StoredSplit): void {
  if (leaksIn(leaks) === 0) return
  const { subjects, pixels, nearDuplicates } = leaks
  throw new LeptonError('DATA_LEAK', {
    expected: 'parts that share nothing',
    received: `in more than one part: patients or stores ${subjects}, pictures of the same pixels ${pixels}, near duplicates ${nearDuplicates}`,
    remedy:
      'Split by patient and keep duplicates together, or take the leaks upon yourself on the page of the split or with --accept-leaks.',
  })
}
