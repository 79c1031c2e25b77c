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
  /** Images in all that carry its rarest label. */
  rarity: number
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
 * Puts whole groups into parts. The largest groups come first, among equals those with the rarest label, then the order
 * of SHA-256(seed, smallest key of the group). Each goes to the part that lacks most of what the group brings, measured
 * as a share of what the part is to have of each label; the number of images counts as much as all labels together
 * (after Sechidis et al. 2011, for groups). The same images, groups and seed give the same parts on every computer.
 */
export function assignParts(items: readonly SplitItem[], recipe: SplitRecipe): Map<number, string> {
  const totals = countsOf(items, recipe)
  const groups = groupsOf(items, totals, recipe)
  const parts = partsOf(recipe).map((part) => ({ ...part, has: new Map<string, number>() }))
  const assigned = new Map<number, string>()
  for (const group of groups) {
    const needs = parts.map(({ share, has }) => needOf(group, share, has, totals))
    const part = parts[needs.indexOf(Math.max(...needs))]
    if (!part) continue
    for (const [label, count] of group.counts) part.has.set(label, (part.has.get(label) ?? 0) + count)
    for (const { imageId } of group.items) assigned.set(imageId, part.name)
  }
  return assigned
}

/** How much a part that is to have `share` lacks of what a group brings. */
function needOf(
  { counts }: Group,
  share: number,
  has: ReadonlyMap<string, number>,
  totals: ReadonlyMap<string, number>,
): number {
  const lack = (label: string) => {
    const wanted = share * (totals.get(label) ?? 1)
    return (wanted - (has.get(label) ?? 0)) / wanted
  }
  const labels = [...counts.keys()].filter((label) => label !== '')
  const weights = labels.map((label) => (counts.get(label) ?? 0) / (totals.get(label) ?? 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const need = labels.reduce((sum, label, i) => sum + lack(label) * ((weights[i] ?? 0) / all), 0)
  return lack('') + need
}

/** Images by label; '' counts all. */
function countsOf(
  items: readonly SplitItem[],
  { stratify }: Pick<SplitRecipe, 'stratify'>,
): Map<string, number> {
  const counts = new Map([['', items.length]])
  for (const { labels } of stratify ? items : []) {
    for (const label of new Set(labels)) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}

function groupsOf(
  items: readonly SplitItem[],
  totals: ReadonlyMap<string, number>,
  recipe: SplitRecipe,
): Group[] {
  return [...Map.groupBy(items, ({ group }) => group).values()]
    .map((own): Group => {
      const counts = countsOf(own, recipe)
      const first = own.reduce((least, { key }) => (key < least ? key : least), own[0]?.key ?? '')
      return {
        items: own,
        counts,
        rarity: Math.min(...[...counts.keys()].map((label) => totals.get(label) ?? 0)),
        order: createHash('sha256').update(`${recipe.seed} ${first}`).digest('hex'),
      }
    })
    .sort((a, b) => b.items.length - a.items.length || a.rarity - b.rarity || (a.order < b.order ? -1 : 1))
}
