/** Share of a pixel that lies inside an edge `distance` millimetres away (negative inside), blending over `soft` mm. */
export function cover(distance: number, soft: number): number {
  const share = 0.5 - distance / soft
  return share <= 0 ? 0 : Math.min(share, 1)
}

/** `from` where share is 0, `to` where it is 1. */
export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** Length of a vector; faster than Math.hypot, whose care for huge numbers is not needed here. */
export function length(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z)
}
