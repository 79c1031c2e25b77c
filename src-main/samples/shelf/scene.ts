import type { Box } from '#shared/domain/finding'
import type { RandomStream } from '../random'
import { cameraAt } from './camera'
import { paintBay, paintCard, paintRail, paintWall, promoCards, railOutline } from './furniture'
import { inkFor } from './ink'
import { extent, type Placed } from './package-shape'
import { paintPackage } from './paint-package'
import { type Board, planShelf } from './plan'
import { visibilityMap } from './visibility'

/** One package that can be seen, as a detector should find it. */
export interface ShelfItem {
  sku: string
  /** What is seen of it, in pixels of the photograph. */
  box: Box
  /** Share of its outline that neither other things nor the picture's edge hide. */
  visible: number
  /** 0 in the front row. */
  row: number
}

/** Packages of which less than this can be seen are not counted. */
const leastVisible = 0.3

/** Draws a shelf as an SVG picture and tells what stands on it; sizes in pixels. */
export function drawScene(width: number, height: number, random: RandomStream) {
  const boards = planShelf(random)
  const stand = {
    x: random.between(-25, 25),
    y: random.between(70, 105),
    distance: random.between(135, 180),
    yaw: random.between(-0.15, 0.15),
    pitch: random.between(-0.1, 0.01),
    roll: random.between(-0.02, 0.02),
  }
  const camera = cameraAt(stand, width, height)
  const ink = inkFor(camera, width, height, '#2a2724')
  const map = visibilityMap(width, height)
  const placed = boards.flatMap((board) => board.items)

  const cards = promoCards(boards, random)
  // A board hides what stands far behind it on the side turned away from the camera: paint towards the camera's height.
  const towardsCamera = boards
    .map((board, level) => ({ board, ceiling: boards[level + 1]?.height ?? board.height + 40 }))
    .toSorted((a, b) => offHeight(b, stand.y) - offHeight(a, stand.y))
    .map((bay) => ({ ...bay, items: numberedFarFirst(bay.board, stand.x, placed) }))
  for (const [item, id] of towardsCamera.flatMap(({ items }) => items))
    map.cover(extent(item).map(camera.project), id)
  for (const front of [...boards.map(railOutline), ...cards]) map.cover(front.map(camera.project), 0)
  const seen = map.seen()

  paintWall(ink)
  for (const { board, ceiling, items } of towardsCamera) {
    paintBay(ink, board, ceiling, camera)
    for (const [item, id] of items) {
      const part = seen.get(id)
      if (part !== undefined) paintPackage(ink, item, part.visible, stand.y)
    }
  }
  for (const board of boards) paintRail(ink, board)
  for (const card of cards) paintCard(ink, card)

  const items = placed.flatMap((item, place): ShelfItem[] => {
    const part = seen.get(place + 1)
    if (part === undefined || part.visible < leastVisible) return []
    return [{ sku: item.product.sku, row: item.row, ...part }]
  })
  return { svg: ink.svg(), items }
}

/** How far the middle of a bay lies above or below a height. */
function offHeight(bay: { board: Board; ceiling: number }, height: number): number {
  return Math.abs((bay.board.height + bay.ceiling) / 2 - height)
}

/** What stands on a board in the order of painting, each with its number (from 1) on the whole shelf. */
function numberedFarFirst(board: Board, x: number, placed: readonly Placed[]): [Placed, number][] {
  return board.items
    .toSorted((a, b) => b.row - a.row || a.y - b.y || Math.abs(b.x - x) - Math.abs(a.x - x))
    .map((item) => [item, placed.indexOf(item) + 1])
}
