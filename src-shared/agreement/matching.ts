/** Places of a left and a right thing that belong together, and how much they overlap. */
export interface Match {
  left: number
  right: number
  overlap: number
}

/**
 * Pairs things one to one so that pairs overlap as much as can be: the pair with the largest overlap first, then the
 * next of what is left, as long as it reaches `least`.
 * @param overlap intersection over union of a left and a right thing, from 0 to 1
 */
export function matchByOverlap(
  left: number,
  right: number,
  overlap: (left: number, right: number) => number,
  least: number,
): Match[] {
  const pairs: Match[] = []
  for (let l = 0; l < left; l++) {
    for (let r = 0; r < right; r++) {
      const shared = overlap(l, r)
      if (shared > 0 && shared >= least) pairs.push({ left: l, right: r, overlap: shared })
    }
  }
  pairs.sort((a, b) => b.overlap - a.overlap || a.left - b.left || a.right - b.right)
  const [leftTaken, rightTaken] = [new Set<number>(), new Set<number>()]
  return pairs.filter((pair) => {
    if (leftTaken.has(pair.left) || rightTaken.has(pair.right)) return false
    leftTaken.add(pair.left)
    rightTaken.add(pair.right)
    return true
  })
}
