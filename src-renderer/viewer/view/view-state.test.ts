import { describe, expect, it } from 'vitest'
import {
  affineOf,
  fitZoom,
  flippedHorizontally,
  flippedVertically,
  initialView,
  linkedView,
  panned,
  rotatedClockwise,
  toImage,
  toScreen,
  upright,
  type ViewState,
  zoomedAt,
} from './view-state'

const picture = { rows: 100, columns: 200, spacing: null }
const viewport = { width: 400, height: 400 }

describe('view state', () => {
  it('fits the longer side and centres the other', () => {
    const affine = affineOf(initialView, picture, viewport)
    expect(toScreen(affine, [0, 0])).toEqual([0, 100])
    expect(toScreen(affine, [200, 100])).toEqual([400, 300])
  })

  it('keeps the physical shape of pixels that are not square', () => {
    const tall = { ...picture, spacing: [2, 1] as const }
    expect(fitZoom(tall, viewport, upright)).toBe(2)
    expect(toScreen(affineOf(initialView, tall, viewport), [200, 100])).toEqual([400, 400])
  })

  it('turns clockwise: what was at the top left comes to the top right', () => {
    const affine = affineOf(rotatedClockwise(initialView), picture, viewport)
    expect(toScreen(affine, [0, 0])).toEqual([300, 0])
    expect(toScreen(affine, [200, 0])).toEqual([300, 400])
  })

  it('flips what is seen, turned or not', () => {
    const flipped = affineOf(flippedHorizontally(rotatedClockwise(initialView)), picture, viewport)
    expect(toScreen(flipped, [0, 0])).toEqual([100, 0])
    const upsideDown = affineOf(flippedVertically(initialView), picture, viewport)
    expect(toScreen(upsideDown, [0, 0])).toEqual([0, 300])
  })

  it('comes back after four turns and after two flips', () => {
    const four = [1, 2, 3, 4].reduce((view) => rotatedClockwise(view), initialView)
    const two = flippedVertically(flippedVertically(initialView))
    const corner = (view: ViewState) => toScreen(affineOf(view, picture, viewport), [30, 40])
    expect(corner(four)).toEqual(corner(initialView))
    expect(corner(two)).toEqual(corner(initialView))
  })

  it('zooms about the point under the pointer', () => {
    const turnedView = rotatedClockwise(flippedHorizontally(initialView))
    const at = [123, 77] as const
    const before = toImage(affineOf(turnedView, picture, viewport), at)
    const zoomed = zoomedAt(turnedView, picture, viewport, 1.7, at)
    const after = toImage(affineOf(zoomed, picture, viewport), at)
    expect(after[0]).toBeCloseTo(before[0], 6)
    expect(after[1]).toBeCloseTo(before[1], 6)
  })

  it('pans by what the pointer moved', () => {
    const view = { ...rotatedClockwise(initialView), zoom: 1.3 }
    const before = toScreen(affineOf(view, picture, viewport), [10, 10])
    const after = toScreen(affineOf(panned(view, picture, viewport, [15, -4]), picture, viewport), [10, 10])
    expect(after[0] - before[0]).toBeCloseTo(15, 6)
    expect(after[1] - before[1]).toBeCloseTo(-4, 6)
  })

  it('shows another picture at the same magnification about the same part', () => {
    const from = { rows: 100, columns: 200, spacing: [1, 0.5] as const }
    const to = { rows: 50, columns: 100, spacing: [2, 1] as const }
    const view = linkedView({ ...rotatedClockwise(initialView), zoom: 3, center: [50, 80] }, from, to)
    expect(view).toEqual({
      zoom: 6,
      center: [25, 40],
      orientation: rotatedClockwise(initialView).orientation,
    })
    const perMillimetre = (of: ViewState, picture: typeof from | typeof to) =>
      (of.zoom ?? 0) / Math.min(...picture.spacing)
    expect(perMillimetre(view, to)).toBe(perMillimetre({ ...view, zoom: 3 }, from))
    expect(linkedView(initialView, from, to)).toEqual(initialView)
  })

  it('lays pixels on the grid of the screen at 1:1', () => {
    const odd = { width: 401, height: 333 }
    const [, , , , e, f] = affineOf({ ...initialView, zoom: 1 }, { ...picture, columns: 201 }, odd)
    expect([Number.isInteger(e), Number.isInteger(f)]).toEqual([true, true])
  })
})
