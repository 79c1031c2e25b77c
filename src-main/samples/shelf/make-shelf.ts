import { z } from 'zod'
import { randomStream } from '../random'
import { photograph } from './photograph'
import { drawScene, type ShelfItem } from './scene'

const shelfOptions = z.object({
  /** Fixes assortment, camera and noise. */
  seed: z.number().int().nonnegative().default(11),
  photographs: z.number().int().min(1).max(4096).default(12),
  width: z.number().int().min(64).max(8192).default(1600),
  height: z.number().int().min(64).max(8192).default(1200),
})

export type ShelfInput = z.input<typeof shelfOptions>

/** One photograph of a shelf with what a detector should find on it. */
export interface ShelfPhotograph {
  /** File name, `shelf-01.jpg`. */
  name: string
  jpeg: Uint8Array
  items: ShelfItem[]
}

/** Names of the photographs that the options ask for. */
export function shelfNames(input: ShelfInput = {}): string[] {
  const { photographs } = shelfOptions.parse(input)
  return Array.from({ length: photographs }, (_, place) => `shelf-${String(place + 1).padStart(2, '0')}.jpg`)
}

/**
 * Draws photographs of product shelves, one after the other, with the boxes of every package that shows at least a
 * third of itself.
 *
 * A phantom: invented packages of flat art on simple solids, one light from above, no reflections, no people, no
 * clutter. It exercises import, viewing and detection; it says nothing about how well a detector does in a store.
 */
export async function* makeShelf(input: ShelfInput = {}): AsyncGenerator<ShelfPhotograph> {
  const { seed, width, height } = shelfOptions.parse(input)
  for (const [place, name] of shelfNames(input).entries()) {
    const random = randomStream(seed, place)
    const { svg, items } = drawScene(width, height, random)
    yield { name, jpeg: await photograph(svg, width, height, random), items }
  }
}
