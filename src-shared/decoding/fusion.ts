import { type Candidate, type Corners, iouOf } from './candidate'

interface Cluster<Kind extends Candidate> {
  members: Kind[]
  box: Corners
}

/**
 * Weighted boxes fusion (Solovyev, Wang and Gabruseva, Image and Vision Computing 107, 2021): boxes of one label
 * that overlap their cluster by more than `iou` become one, corners averaged by score. Its score is the mean,
 * lowered by the share of the lists that saw it; everything else is the best member's.
 *
 * @param lists what each network, or each look at the picture, has kept after suppression
 */
export function fuse<Kind extends Candidate>(lists: readonly (readonly Kind[])[], iou: number): Kind[] {
  const clusters = new Map<string, Cluster<Kind>[]>()
  for (const candidate of lists.flat().sort((a, b) => b.score - a.score)) {
    const known = clusters.get(candidate.label) ?? []
    clusters.set(candidate.label, known)
    const nearest = known
      .map((cluster) => ({ cluster, overlap: iouOf(cluster.box, candidate.box) }))
      .sort((a, b) => b.overlap - a.overlap)[0]
    if (nearest && nearest.overlap > iou) {
      nearest.cluster.members.push(candidate)
      nearest.cluster.box = meanBox(nearest.cluster.members)
    } else {
      known.push({ members: [candidate], box: candidate.box })
    }
  }
  const fused = [...clusters.values()].flat().flatMap(({ members, box }) => {
    const [best] = members
    if (!best) return []
    const mean = members.reduce((sum, { score }) => sum + score, 0) / members.length
    const score = (mean * Math.min(members.length, lists.length)) / lists.length
    return [{ ...best, score, box }]
  })
  return fused.sort((a, b) => b.score - a.score)
}

function meanBox(members: readonly Candidate[]): Corners {
  const total = members.reduce((sum, { score }) => sum + score, 0)
  const corner = (at: 0 | 1 | 2 | 3) =>
    members.reduce((sum, { box, score }) => sum + box[at] * score, 0) / total
  return [corner(0), corner(1), corner(2), corner(3)]
}
