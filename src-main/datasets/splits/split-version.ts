import type { NearPictures } from '#main/similarity/near/near-pictures'
import type { Split, SplitRecipe } from '#shared/domain/data-set/split'
import type { TraitStore } from '../checks/trait-store'
import type { FrozenImage, VersionStore } from '../versions/version-store'
import { assignParts, partsOf, type SplitItem } from './assign'
import { Groups } from './groups'
import { leaksOf } from './leaks'
import { nearPairs } from './near-pairs'
import type { SplitStore, StoredSplit } from './split-store'

export interface SplitDeps {
  versions: VersionStore
  splits: SplitStore
  traits: TraitStore
  near: Pick<NearPictures, 'pairs'>
}

/** Divides a version by a recipe, looks for leaks, and keeps both. */
export async function splitVersion(deps: SplitDeps, versionId: number, recipe: SplitRecipe): Promise<Split> {
  const images = deps.versions.images(versionId)
  const traits = deps.traits.of(images.map(({ imageId }) => imageId))
  const measured = images.flatMap((image, place) => {
    const known = traits.get(image.imageId)
    return known ? { place, imageId: image.imageId, likeness: known.likeness, contrast: known.contrast } : []
  })
  const near = await nearPairs(measured, deps.near)
  const pairs = near.pairs.map(({ a, b, ...signs }) => ({
    a: measured[a]?.place ?? 0,
    b: measured[b]?.place ?? 0,
    ...signs,
  }))
  const hashes = images.map(({ imageId, sha256 }) =>
    [sha256 && `file ${sha256}`, traits.get(imageId)?.pixels].filter((hash) => typeof hash === 'string'),
  )
  const groups = groupsOf(images, hashes, pairs, recipe)
  const parts = assignParts(itemsOf(images, groups), recipe)
  const placed = images.map(({ imageId, subject }, i) => ({
    imageId,
    part: parts.get(imageId) ?? '',
    subject,
    hashes: hashes[i] ?? [],
    measured: traits.has(imageId),
  }))
  const leaks = leaksOf(
    placed,
    pairs.flatMap(({ a, b, ...signs }) => {
      const [left, right] = [placed[a], placed[b]]
      return left && right ? { a: left, b: right, ...signs } : []
    }),
    near.compared,
  )
  return describeSplit(deps, deps.splits.get(deps.splits.insert(versionId, recipe, parts, leaks)))
}

function groupsOf(
  images: readonly FrozenImage[],
  hashes: readonly (readonly string[])[],
  pairs: readonly { a: number; b: number }[],
  { group, keepDuplicates }: SplitRecipe,
): Groups {
  const groups = new Groups(images.length)
  if (group !== 'none') groups.joinAll(images, (image) => (group === 'subject' ? image.subject : image.study))
  if (!keepDuplicates) return groups
  for (const place of [0, 1]) groups.joinAll(hashes, (own) => own[place] ?? null)
  for (const { a, b } of pairs) groups.join(a, b)
  return groups
}

const itemsOf = (images: readonly FrozenImage[], groups: Groups): SplitItem[] =>
  images.map(({ imageId, identity, frame, annotations }, i) => ({
    imageId,
    key: `${identity} ${frame}`,
    group: groups.of(i),
    labels: annotations.map(({ label }) => label),
  }))

/** A split with what its parts hold. */
export function describeSplit({ versions, splits }: SplitDeps, stored: StoredSplit): Split {
  const images = versions.images(stored.versionId)
  const parts = splits.parts(stored.id)
  return {
    ...stored,
    parts: partsOf(stored.recipe).map(({ name }) => {
      const own = images.filter(({ imageId }) => parts.get(imageId) === name)
      const labels = new Map<string, number>()
      for (const { annotations } of own) {
        for (const label of new Set(annotations.map((one) => one.label)))
          labels.set(label, (labels.get(label) ?? 0) + 1)
      }
      return {
        name,
        images: own.length,
        groups: new Set(own.map(({ subject }) => subject)).size,
        labels: [...labels]
          .map(([label, count]) => ({ label, images: count }))
          .sort((a, b) => b.images - a.images),
      }
    }),
  }
}
