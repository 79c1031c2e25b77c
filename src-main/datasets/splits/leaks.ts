import type { Comparison } from '#shared/domain/data-set/comparison'
import type { Leak, LeakReport } from '#shared/domain/data-set/split'

const mostExamples = 50

export interface PlacedImage {
  imageId: number
  part: string
  subject: string
  /** Hashes of file and pixels, as far as they are known. */
  hashes: readonly string[]
  measured: boolean
}

interface Pair {
  a: PlacedImage
  b: PlacedImage
  likeness: number | null
  cosine: number | null
}

/** What lies in two parts at once: subjects, equal pixels, near duplicates that are not equal. */
export function leaksOf(
  images: readonly PlacedImage[],
  pairs: readonly Pair[],
  compared: Comparison,
): LeakReport {
  const subjects = shared(images, ({ subject }) => [subject], 'subject')
  const pixels = shared(images, ({ hashes }) => hashes, 'pixels')
  const near = pairs
    .filter(({ a, b }) => a.part !== b.part && !a.hashes.some((hash) => b.hashes.includes(hash)))
    .map(
      ({ a, b, likeness, cosine }): Leak => ({
        kind: 'near-duplicate',
        name: String(a.imageId),
        places: [a, b].map(place),
        likeness,
        cosine,
      }),
    )
  return {
    subjects: subjects.length,
    pixels: pixels.length,
    nearDuplicates: near.length,
    examples: [subjects, pixels, near].flatMap((kind) => kind.slice(0, mostExamples)),
    unmeasured: images.filter(({ measured }) => !measured).length,
    compared,
  }
}

/** One leak for each name that occurs in more than one part. */
function shared(
  images: readonly PlacedImage[],
  namesOf: (image: PlacedImage) => readonly string[],
  kind: 'subject' | 'pixels',
): Leak[] {
  const byName = new Map<string, Map<string, PlacedImage>>()
  for (const image of images) {
    for (const name of new Set(namesOf(image))) {
      const parts = byName.get(name) ?? new Map<string, PlacedImage>()
      byName.set(name, parts)
      if (!parts.has(image.part)) parts.set(image.part, image)
    }
  }
  const leaks = [...byName]
    .filter(([, parts]) => parts.size > 1)
    .map(
      ([name, parts]): Leak => ({
        kind,
        name,
        places: [...parts.values()].map(place),
        likeness: null,
        cosine: null,
      }),
    )
  // a file and its pixels are one leak, not two
  return kind === 'subject' ? leaks : unique(leaks)
}

function unique(leaks: readonly Leak[]): Leak[] {
  const byPlaces = new Map(leaks.map((leak) => [leak.places.map(({ imageId }) => imageId).join(), leak]))
  return [...byPlaces.values()]
}

const place = ({ imageId, part }: PlacedImage) => ({ imageId, part })
