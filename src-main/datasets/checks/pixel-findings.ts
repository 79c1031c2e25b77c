import type { CheckKind } from '#shared/domain/data-set/check'
import type { ImageTraits } from '#shared/domain/image-traits'
import type { Member } from '../members/members'
import type { NearPair } from '../splits/near-pairs'

/** Something found, before it is kept. */
export interface Found {
  kind: CheckKind
  imageId: number
  otherImageId?: number
  annotationId?: string
  value?: number
  /** Of the vectors of near duplicates. */
  cosine?: number
  detail?: string
}

export interface Measured {
  member: Member
  traits: ImageTraits
}

/** Grey levels of standard deviation below which there is nothing to see. */
const blankContrast = 2
/** Shares of pixels at an end of the grey scale. */
const clippedBright = 0.25
const clippedDark = 0.6
/** Of the middle sharpness of pictures of the same kind. */
const blurredShare = 0.08

/** Pictures that show nothing, are out of focus, or lost their ends of the grey scale. */
export function pictureFaults(pictures: readonly Measured[]): Found[] {
  const found: Found[] = []
  for (const own of Map.groupBy(pictures, ({ member }) => member.modality).values()) {
    const middle = median(own.map(({ traits }) => relativeSharpness(traits)))
    for (const { member, traits } of own) {
      const { imageId, modality } = member
      if (traits.contrast < blankContrast) {
        found.push({ kind: 'blank', imageId, value: traits.contrast })
        continue
      }
      const { bright, dark } = traits
      const sharpness = relativeSharpness(traits)
      if (sharpness < blurredShare * middle)
        found.push({ kind: 'blurred', imageId, value: sharpness / middle })
      // much of a DICOM picture is dark by right: air
      const lost = Math.max(
        bright > clippedBright ? bright : 0,
        modality === null && dark > clippedDark ? dark : 0,
      )
      if (lost > 0) found.push({ kind: 'clipped', imageId, value: lost })
    }
  }
  return found
}

/** Edges for the contrast there is: a dark picture is not a blurred one. */
const relativeSharpness = ({ sharpness, contrast }: ImageTraits) => sharpness / Math.max(1, contrast) ** 2

/** Of pictures with the same pixels, or the same file, every one after the first. */
export function sameFindings(pictures: readonly Measured[]): Found[] {
  const first = new Map<string, number>()
  return pictures.flatMap(({ member, traits }): Found[] => {
    const known = first.get(traits.pixels)
    if (known !== undefined) return [{ kind: 'same-pixels', imageId: member.imageId, otherImageId: known }]
    first.set(traits.pixels, member.imageId)
    return []
  })
}

/** Pairs that are all but the same; neighbouring slices of a volume are like each other by right. */
export function nearFindings(pictures: readonly Measured[], pairs: readonly NearPair[]): Found[] {
  const told = new Set<number>()
  return pairs.flatMap(({ a, b, likeness, cosine }): Found[] => {
    const [left, right] = [pictures[a], pictures[b]]
    if (!left || !right || left.traits.pixels === right.traits.pixels) return []
    const slices = left.member.seriesId === right.member.seriesId && left.member.orientation !== null
    if (slices || told.has(right.member.imageId)) return []
    told.add(right.member.imageId)
    return [
      {
        kind: 'near-duplicate',
        imageId: right.member.imageId,
        otherImageId: left.member.imageId,
        ...(likeness !== null && { value: likeness }),
        ...(cosine !== null && { cosine }),
      },
    ]
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
