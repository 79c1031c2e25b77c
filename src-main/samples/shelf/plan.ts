import type { RandomStream } from '../random'
import { catalogue, type Product } from './catalogue'
import type { Placed } from './package-shape'

/** Half the length of a shelf that is filled, in centimetres; wider than any photograph. */
const reach = 125
export const shelfDepth = 38

/** A board with what stands on it. */
export interface Board {
  /** Height of its upper side, in centimetres. */
  height: number
  items: Placed[]
  /** Middles of the price labels on its rail, with the price. */
  labels: { x: number; price: string }[]
}

/** Fills the boards of one shelf: groups of equal facings, a few gaps, packages a little out of line. */
export function planShelf(random: RandomStream): Board[] {
  const boards: Board[] = []
  let height = 0
  for (let i = 0; i < 5; i++) {
    const room = random.between(29, 36)
    boards.push(fillBoard(height, room, random))
    height += room + 3
  }
  return boards
}

function fillBoard(height: number, room: number, random: RandomStream): Board {
  const fitting = catalogue.filter((product) => product.height < room - 2)
  const board: Board = { height, items: [], labels: [] }
  let x = -reach - random.between(0, 15)
  while (x < reach) {
    const product = fitting[random.below(fitting.length)]
    if (product === undefined) break
    const facings = 2 + random.below(product.width > 12 ? 3 : 4)
    const start = x
    for (let facing = 0; facing < facings; facing++) {
      x += product.width / 2
      stackOf(product, x, height, room, random, board.items)
      x += product.width / 2 + random.between(0.2, 1)
    }
    board.labels.push({ x: (start + x) / 2, price: `${1 + random.below(8)}.${random.below(10)}9` })
    if (random.next() < 0.12) x += random.between(5, 14)
    else x += random.between(0.3, 2)
  }
  return board
}

/** One facing: a row of packages into the depth, its front ones perhaps sold, low packages on top of each other. */
function stackOf(
  product: Product,
  x: number,
  height: number,
  room: number,
  random: RandomStream,
  items: Placed[],
): void {
  const rows = Math.max(1, Math.min(3, Math.floor(shelfDepth / (product.depth + 1))))
  const sold = random.next() < 0.1 ? rows : random.next() < 0.16 ? 1 : 0
  const layers = product.height < 13 ? Math.min(2, Math.floor((room - 3) / product.height)) : 1
  for (let row = rows - 1; row >= sold; row--) {
    for (let layer = 0; layer < layers; layer++) {
      if (layer > 0 && random.next() < 0.2) continue
      items.push({
        product,
        x: x + random.between(-0.3, 0.3),
        y: height + layer * product.height,
        z: 1.5 + row * (product.depth + 0.6) + random.between(0, 1),
        turn: random.next() < 0.12 ? random.between(-0.35, 0.35) : random.between(-0.05, 0.05),
        row,
      })
    }
  }
}
