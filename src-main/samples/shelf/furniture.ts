import type { RandomStream } from '../random'
import type { Camera, Point } from './camera'
import type { Ink } from './ink'
import { strokesOf, wordAspect } from './letters'
import { type Board, shelfDepth } from './plan'

/** Half the length of the shelf that is drawn, in centimetres. */
const half = 150
const rail = { low: -4.6, high: 0.4, z: -1.5 }
const thickness = 3

/** The wall behind the shelf. */
export function paintWall(ink: Ink): void {
  ink.polygon(quad(-half, -40, half, 260, shelfDepth + 2), '#5b554d')
}

/** Back, floor and ceiling of the room between two boards, darker towards the depth. */
export function paintBay(ink: Ink, board: Board, ceiling: number, camera: Camera): void {
  const floor = camera.stand.y > board.height
  const level = floor ? board.height : ceiling - thickness
  const points: Point[] = [
    [-half, level, 0],
    [half, level, 0],
    [half, level, shelfDepth],
    [-half, level, shelfDepth],
  ]
  ink.polygon(quad(-half, board.height, half, ceiling, shelfDepth), '#3a3631')
  ink.polygon(quad(-half, ceiling - thickness - 8, half, ceiling, shelfDepth), '#000000', 0.3)
  if (floor) ink.polygon(points, '#c8c4ba')
  if (floor)
    ink.polygon(
      [...points.slice(0, 2).map(([x, y]): Point => [x, y, shelfDepth / 3]), ...points.slice(2)],
      '#000000',
      0.35,
    )
  if (camera.stand.y < ceiling - thickness) {
    ink.polygon(
      points.map(([x, , z]): Point => [x, ceiling - thickness, z]),
      '#5f5b54',
    )
  }
}

/** The outline of a board's price rail. */
export function railOutline(board: Board): Point[] {
  return quad(-half, board.height + rail.low, half, board.height + rail.high, rail.z)
}

/** Price rail with its labels; where there is room between two, it says that this is a phantom. */
export function paintRail(ink: Ink, board: Board): void {
  ink.polygon(railOutline(board), '#d9d6cf')
  ink.polygon(
    quad(-half, board.height + rail.low, half, board.height + rail.low + 0.8, rail.z),
    '#000000',
    0.25,
  )
  ink.polygon(
    quad(-half, board.height + rail.high - 0.6, half, board.height + rail.high, rail.z),
    '#ffffff',
    0.5,
  )
  const foot = board.height + rail.low + 0.9
  for (const { x, price } of board.labels) {
    ink.polygon(quad(x - 2.9, foot, x + 2.9, foot + 3.2, rail.z - 0.1), '#fbfaf3')
    write(ink, price, x + 0.6, foot + 1.9, 1.3, '#1c1c1c')
    for (let i = 0; i < 7; i++) {
      const bar = x - 2.6 + i * 0.28
      ink.polygon(
        quad(bar, foot + 0.3, bar + (i % 3 === 0 ? 0.16 : 0.08), foot + 1.2, rail.z - 0.1),
        '#1c1c1c',
      )
    }
  }
  const free = board.labels.map(({ x }, i) => ({
    x: (x + (board.labels[i + 1]?.x ?? x)) / 2,
    room: (board.labels[i + 1]?.x ?? x) - x,
  }))
  for (const { x, room } of free) if (room > 17) write(ink, 'PHANTOM', x, foot + 1.6, 1.5, '#8c3b2a')
}

/** Up to two advertising cards that hang from the rails and hide a part of what is behind. */
export function promoCards(boards: readonly Board[], random: RandomStream): Point[][] {
  return Array.from({ length: random.below(3) }, () => {
    const board = boards[1 + random.below(3)]
    const x = random.between(-45, 45)
    const top = (board?.height ?? 0) + rail.low + 1
    return quad(x, top - 9, x + 7, top, rail.z - 0.6)
  })
}

export function paintCard(ink: Ink, card: readonly Point[]): void {
  ink.polygon(card, '#e3b505')
  const [foot, , top] = card
  if (foot === undefined || top === undefined) return
  write(ink, 'TOP', (foot[0] + top[0]) / 2, (foot[1] + top[1]) / 2, 2.2, '#7c1f16', foot[2])
}

function write(
  ink: Ink,
  word: string,
  x: number,
  y: number,
  tall: number,
  colour: string,
  z = rail.z - 0.15,
): void {
  const wide = tall * wordAspect(word)
  ink.strokes(
    strokesOf(word).map((stroke) =>
      stroke.map(([u, v]): Point => [x + (u - 0.5) * wide, y + (0.5 - v) * tall, z]),
    ),
    tall * 0.15,
    colour,
  )
}

function quad(left: number, foot: number, right: number, top: number, z: number): Point[] {
  return [
    [left, foot, z],
    [right, foot, z],
    [right, top, z],
    [left, top, z],
  ]
}
