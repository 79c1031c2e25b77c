import { createHash } from 'node:crypto'
import type { SplitRecipe } from '#shared/domain/data-set/split'

/** An image to be put into a part. */
export interface SplitItem {
  imageId: number
  /** The same on every computer: identity and frame. */
  key: string
  /** Of the group it belongs to. */
  group: number
  labels: readonly string[]
}

interface Group {
  items: SplitItem[]
  /** Images by label; '' counts all. */
  counts: Map<string, number>
  order: string
}

/** Names of the parts with their shares, which add up to 1. */
export function partsOf({ parts }: SplitRecipe): { name: string; share: number }[] {
  if ('folds' in parts) {
    return Array.from({ length: parts.folds }, (_, i) => ({ name: `fold-${i + 1}`, share: 1 / parts.folds }))
  }
  const whole = parts.reduce((sum, { share }) => sum + share, 0)
  return parts.map(({ name, share }) => ({ name, share: share / whole }))
}

/**
 * Puts whole groups into parts. The groups are put in the order of SHA-256(seed, smallest key of the group), then the
 * largest first; each goes to the part that lacks most of what the group brings, in shares of what the part is to have
 * of each label, so that rare labels weigh as much as frequent ones (after Sechidis et al. 2011, for groups). The same
 * images, groups and seed give the same parts on every computer.
 */
export function assignParts(items: readonly SplitItem[], recipe: SplitRecipe): Map<number, string> {
  const groups = groupsOf(items, recipe)
  const totals = new Map<string, number>()
  for (const { counts } of groups) {
    for (const [label, count] of counts) totals.set(label, (totals.get(label) ?? 0) + count)
  }
  const parts = partsOf(recipe).map((part) => ({ ...part, has: new Map<string, number>() }))
  const assigned = new Map<number, string>()
  for (const group of groups) {
    const needs = parts.map(({ share, has }) => {
      let need = 0
      for (const [label, count] of group.counts) {
        const wanted = share * (totals.get(label) ?? 0)
        // a part that is full takes on nothing more while another has room
        need += ((wanted - (has.get(label) ?? 0)) / wanted) * (count / (totals.get(label) ?? 1))
      }
      return need
    })
    const part = parts[needs.indexOf(Math.max(...needs))]
    if (!part) continue
    for (const [label, count] of group.counts) part.has.set(label, (part.has.get(label) ?? 0) + count)
    for (const { imageId } of group.items) assigned.set(imageId, part.name)
  }
  return assigned
}

function groupsOf(items: readonly SplitItem[], { seed, stratify }: SplitRecipe): Group[] {
  return [...Map.groupBy(items, ({ group }) => group).values()]
    .map((own) => {
      const counts = new Map([['', own.length]])
      for (const { labels } of stratify ? own : []) {
        for (const label of new Set(labels)) counts.set(label, (counts.get(label) ?? 0) + 1)
      }
      const first = own.reduce((least, { key }) => (key < least ? key : least), own[0]?.key ?? '')
      return { items: own, counts, order: createHash('sha256').update(`${seed} ${first}`).digest('hex') }
    })
    .sort((a, b) => b.items.length - a.items.length || (a.order < b.order ? -1 : 1))
}
