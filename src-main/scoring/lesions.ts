import type { Box, Rle } from '#shared/domain/finding'
import type { FrameGeometry } from '#shared/domain/image'
import { type Corner, convexHull, hullOfMask, longestDiameter } from '#shared/geometry/diameter'
import { rlesTouch } from '#shared/geometry/rle'
import { continues, stackSteps } from './stack-geometry'

/** A connected region of one slice, as it was found. */
export interface SliceRegion {
  findingId: number
  label: string
  score: number
  meanProbability: number
  box: Box
  areaPx: number
  areaMm2: number | null
  mask: Rle
}

export interface LinkedLesion {
  findingIds: number[]
  label: string
  volumeMm3: number | null
  longestAxialDiameterMm: number | null
  /** Counted from 1 in stack order. */
  firstSlice: number
  lastSlice: number
  /** The slice with the largest area. */
  keySlice: number
  meanProbability: number
  maxProbability: number
}

export interface LinkOptions {
  /** Where each slice of the stack lies, in stack order. */
  stack: readonly (FrameGeometry | null)[]
  /** Whether slices that do not tell where they lie follow one another all the same. */
  unplaced: boolean
}

/** What is kept of a region once its mask is no longer needed. */
interface Node extends Omit<SliceRegion, 'mask' | 'box'> {
  place: number
  hull: Corner[]
}

/**
 * Links regions of neighbouring slices that carry the same label and touch (26-connectivity) into lesions, in
 * the order of their first slice. Slices come one by one in stack order, so that only two slices' masks are
 * held at any time.
 *
 * Volume: area of the regions x the usual distance between slices (from their positions along the normal,
 * else the slice thickness); null where either is unknown. Longest axial diameter: the longest distance
 * between outer pixel corners within one slice; null where the pixel spacing is unknown. Mean probability: by area.
 */
export function linkLesions(
  slices: Iterable<readonly [number, SliceRegion[]]>,
  options: LinkOptions,
): LinkedLesion[] {
  const steps = stackSteps(options.stack)
  const nodes: Node[] = []
  const parents: number[] = []
  let before: { place: number; regions: { region: SliceRegion; node: number }[] } | null = null
  for (const [place, found] of slices) {
    const regions = found.map((region) => {
      const { mask, box: _box, ...kept } = region
      parents.push(nodes.length)
      nodes.push({ ...kept, place, hull: hullOfMask(mask) })
      return { region, node: nodes.length - 1 }
    })
    if (before?.place === place - 1 && continues(options.stack, steps, place, options.unplaced)) {
      for (const a of before.regions) {
        for (const b of regions) if (belongTogether(a.region, b.region)) join(parents, a.node, b.node)
      }
    }
    before = { place, regions }
  }
  const groups = Map.groupBy(nodes.keys(), (node) => rootOf(parents, node))
  return [...groups.values()].map((group) =>
    measure(
      group.flatMap((node) => nodes[node] ?? []),
      options.stack,
      steps.sliceDistance,
    ),
  )
}

function belongTogether(a: SliceRegion, b: SliceRegion): boolean {
  return a.label === b.label && boxesTouch(a.box, b.box) && rlesTouch(a.mask, b.mask)
}

function boxesTouch([x, y, width, height]: Box, [left, top, across, down]: Box): boolean {
  return x <= left + across && left <= x + width && y <= top + down && top <= y + height
}

function measure(
  nodes: readonly Node[],
  stack: readonly (FrameGeometry | null)[],
  sliceDistance: number | null,
): LinkedLesion {
  const slices = [...Map.groupBy(nodes, (node) => node.place)]
  const areaPx = sum(nodes, (node) => node.areaPx)
  const known = nodes.every((node) => node.areaMm2 !== null)
  const places = slices.map(([place]) => place)
  const largest = slices.reduce((best, slice) =>
    sum(slice[1], (node) => node.areaPx) > sum(best[1], (node) => node.areaPx) ? slice : best,
  )
  const diameters = slices.map(([place, regions]) => {
    const spacing = stack[place]?.spacing ?? null
    return spacing === null ? null : longestDiameter(convexHull(regions.flatMap(({ hull }) => hull)), spacing)
  })
  return {
    findingIds: nodes.map((node) => node.findingId),
    label: nodes[0]?.label ?? '',
    volumeMm3:
      known && sliceDistance !== null ? sum(nodes, (node) => node.areaMm2 ?? 0) * sliceDistance : null,
    longestAxialDiameterMm: diameters.includes(null)
      ? null
      : Math.max(...diameters.map((length) => length ?? 0)),
    firstSlice: Math.min(...places) + 1,
    lastSlice: Math.max(...places) + 1,
    keySlice: largest[0] + 1,
    meanProbability: sum(nodes, (node) => node.meanProbability * node.areaPx) / areaPx,
    maxProbability: Math.max(...nodes.map((node) => node.score)),
  }
}

function sum<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((total, item) => total + figure(item), 0)
}

function rootOf(parents: number[], node: number): number {
  let root = node
  for (let parent = parents[root]; parent !== undefined && parent !== root; parent = parents[root])
    root = parent
  parents[node] = root
  return root
}

function join(parents: number[], a: number, b: number): void {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)]
  parents[Math.max(first, second)] = Math.min(first, second)
}
