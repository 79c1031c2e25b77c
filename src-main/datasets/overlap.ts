import type { Box } from '#shared/domain/finding'

/** Intersection over union of two boxes. */
export function overlapOf([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx)
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / (aw * ah + bw * bh - width * height)
}

export interface Placed {
  label: string
  box: Box | null
}

/** From 0 to 1: the share of what either says that the other does not say at the same place. */
export function disagreementOf(left: readonly Placed[], right: readonly Placed[]): number {
  if (left.length === 0 && right.length === 0) return 0
  const open = new Set(right)
  let agreed = 0
  for (const one of left) {
    const match = [...open].find(
      (other) =>
        other.label === one.label &&
        (one.box === null || other.box === null
          ? one.box === other.box
          : overlapOf(one.box, other.box) >= 0.5),
    )
    if (!match) continue
    open.delete(match)
    agreed++
  }
  return 1 - (2 * agreed) / (left.length + right.length)
}
