import type { VersionDiff } from '#shared/contract/datasets'
import { contentHash } from './version-hash'
import type { FrozenImage } from './version-store'

/** Images named at most. */
const mostNamed = 500

/** What became other from one list of images to the next. */
export function diffOf(
  before: readonly FrozenImage[],
  after: readonly FrozenImage[],
  { from, to }: { from: number; to: number },
): VersionDiff {
  const key = ({ identity, frame }: FrozenImage) => `${identity} ${frame}`
  const old = new Map(before.map((image) => [key(image), image]))
  const images: VersionDiff['images'] = []
  const counts = { added: 0, removed: 0, changed: 0 }
  const note = (
    change: keyof typeof counts,
    image: FrozenImage,
    left: FrozenImage | null,
    right: FrozenImage | null,
  ) => {
    const annotations = annotationChanges(left, right)
    const same = change === 'changed' && Object.values(annotations).every((count) => count === 0)
    if (same && left?.sha256 === right?.sha256) return
    counts[change]++
    if (images.length < mostNamed)
      images.push({ imageId: image.imageId, name: image.path, change, annotations })
  }
  for (const image of after) {
    const known = old.get(key(image)) ?? null
    old.delete(key(image))
    note(known ? 'changed' : 'added', image, known, image)
  }
  for (const image of old.values()) note('removed', image, image, null)
  return { from, to, ...counts, labels: labelChanges(before, after), images }
}

function annotationChanges(left: FrozenImage | null, right: FrozenImage | null) {
  const old = new Map((left?.annotations ?? []).map((one) => [one.id, contentHash(one)]))
  const changes = { added: 0, removed: 0, edited: 0 }
  for (const one of right?.annotations ?? []) {
    const known = old.get(one.id)
    old.delete(one.id)
    if (known === undefined) changes.added++
    else if (known !== contentHash(one)) changes.edited++
  }
  return { ...changes, removed: old.size }
}

function labelChanges(before: readonly FrozenImage[], after: readonly FrozenImage[]): VersionDiff['labels'] {
  const [left, right] = [before, after].map((images) => {
    const counts = new Map<string, number>()
    for (const { annotations } of images) {
      for (const { label } of annotations) counts.set(label, (counts.get(label) ?? 0) + 1)
    }
    return counts
  })
  const labels = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])].sort()
  return labels.map((label) => ({ label, before: left?.get(label) ?? 0, after: right?.get(label) ?? 0 }))
}
