import { type Candidate, type Corners, iouOf } from './candidate'

/** Boxes of one label that several lists hold, the best first, and their mean by score. */
export interface Cluster<Kind extends Candidate> {
  members: Kind[]
  box: Corners
}

/**
 * Weighted boxes fusion (Solovyev, Wang and Gabruseva, Image and Vision Computing 107, 2021): boxes of one label
 * that overlap their cluster by more than `iou` become one, corners averaged by score. Its score is the mean,
 * lowered by the share of the lists that saw it; everything else is the best member's. Best first.
 *
 * @param lists what each network, or each look at the picture, has kept after suppression
 */
export function fuse<Kind extends Candidate>(lists: readonly (readonly Kind[])[], iou: number): Kind[] {
  return clusterBoxes(lists, iou)
    .map((cluster) => fusedOf(cluster, lists.length))
    .sort((a, b) => b.score - a.score)
}

/** Brings together what lies in one place under one label; a list gives a cluster one box at most. */
export function clusterBoxes<Kind extends Candidate>(
  lists: readonly (readonly Kind[])[],
  iou: number,
): Cluster<Kind>[] {
  const clusters: (Cluster<Kind> & { lists: Set<number> })[] = []
  const all = lists.flatMap((list, from) => list.map((candidate) => ({ candidate, from })))
  for (const { candidate, from } of all.sort((a, b) => b.candidate.score - a.candidate.score)) {
    const [nearest] = clusters
      .filter(({ members, lists: seen }) => members[0]?.label === candidate.label && !seen.has(from))
      .map((cluster) => ({ cluster, overlap: iouOf(cluster.box, candidate.box) }))
      .sort((a, b) => b.overlap - a.overlap)
    if (nearest && nearest.overlap > iou) {
      nearest.cluster.members.push(candidate)
      nearest.cluster.lists.add(from)
      nearest.cluster.box = meanBox(nearest.cluster.members)
    } else {
      clusters.push({ members: [candidate], box: candidate.box, lists: new Set([from]) })
    }
  }
  return clusters
}

/** One box for a cluster; what `lists` lists might have seen and only some did is less sure. */
export function fusedOf<Kind extends Candidate>({ members, box }: Cluster<Kind>, lists: number): Kind {
  const [best] = members
  if (!best) throw new Error('a cluster has members')
  const sum = members.reduce((total, { score }) => total + score, 0)
  return { ...best, score: sum / Math.max(lists, members.length), box }
}

function meanBox(members: readonly Candidate[]): Corners {
  const total = members.reduce((sum, { score }) => sum + score, 0)
  const corner = (at: 0 | 1 | 2 | 3) =>
    members.reduce((sum, { box, score }) => sum + box[at] * score, 0) / total
  return [corner(0), corner(1), corner(2), corner(3)]
}
