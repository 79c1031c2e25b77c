import { describe, expect, it } from 'vitest'
import type { Point, Shape } from '../../domain/annotation/shape'
import { paintStroke } from './brush'
import { handlesOf, withHandle } from './handles'
import { hits } from './hit'
import { distanceToSegment, simplified } from './simplify'

const close = (left: readonly number[], right: readonly number[]) => {
  expect(left).toHaveLength(right.length)
  for (const [at, value] of left.entries()) expect(value).toBeCloseTo(right[at] ?? Number.NaN, 6)
}

describe('the brush', () => {
  const blank = () => ({ rows: 20, columns: 20, bytes: new Uint8Array(400) })
  const stroke = { from: [5, 10], to: [15, 10], radius: 3, stretch: [1, 1], value: 1 } as const
  const area = ({ bytes }: { bytes: Uint8Array }) => bytes.reduce((sum, one) => sum + one, 0)

  it('leaves no gap between two places and says where it was', () => {
    const mask = blank()
    const box = paintStroke(mask, { ...stroke, from: [5, 10], to: [15, 10], stretch: [1, 1] })
    expect(box).toEqual([2, 7, 16, 6])
    expect(area(mask)).toBeGreaterThan(10 * 6)
    expect(area(mask)).toBeLessThan(10 * 6 + 9 * Math.PI + 6)
    expect(paintStroke(mask, { ...stroke, from: [5, 10], to: [15, 10], stretch: [1, 1] })).toBeNull()
  })

  it('is round in millimetres where pixels are not square', () => {
    const mask = blank()
    const box = paintStroke(mask, { ...stroke, from: [10, 10], to: [10, 10], radius: 6, stretch: [1, 2] })
    expect(box?.[2]).toBeGreaterThan((box?.[3] ?? 0) * 1.5)
  })

  it('paints at least the pixel under it, erases, and stays off pixels that are not accepted', () => {
    const mask = blank()
    paintStroke(mask, { ...stroke, from: [3.1, 4.9], to: [3.1, 4.9], radius: 0.1, stretch: [1, 1] })
    expect([area(mask), mask.bytes[4 * 20 + 3]]).toEqual([1, 1])
    paintStroke(mask, { ...stroke, from: [3, 5], to: [3, 5], stretch: [1, 1], value: 0 })
    expect(area(mask)).toBe(0)
    const right = (place: number) => place % 20 >= 10
    paintStroke(mask, { ...stroke, from: [5, 10], to: [15, 10], stretch: [1, 1], accepts: right })
    expect([...mask.bytes].some((one, place) => one === 1 && !right(place))).toBe(false)
  })

  it('goes over the edge without harm', () => {
    expect(paintStroke(blank(), { ...stroke, from: [-40, -40], to: [-30, -35], stretch: [1, 1] })).toBeNull()
  })
})

describe('handles', () => {
  const box: Shape = { kind: 'box', box: [10, 10, 20, 10], angle: 30 }
  const at = (shape: Shape, id: string): Point => {
    const handle = handlesOf(shape, 5).find((each) => each.id === id)
    if (!handle) throw new Error(`no ${id}`)
    return handle.at
  }

  it('follow the hand, the opposite corner of a turned box stays where it is', () => {
    const to: Point = [42, 33]
    const after = withHandle(box, 'corner-2', to)
    close(at(after, 'corner-2'), to)
    close(at(after, 'corner-0'), at(box, 'corner-0'))
    const wider = withHandle(box, 'edge-1', at(after, 'edge-1'))
    close(at(wider, 'edge-3'), at(box, 'edge-3'))
  })

  it('turn about the middle, in steps if wanted', () => {
    const turned = withHandle(box, 'turn', [40, 15])
    expect(turned).toMatchObject({ angle: 90, box: [10, 10, 20, 10] })
    expect(withHandle(box, 'turn', [40, 16], true)).toMatchObject({ angle: 90 })
  })

  it('move single points of polygons, lines and ellipses', () => {
    const polygon: Shape = {
      kind: 'polygon',
      parts: [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
          ],
        ],
      ],
    }
    expect(withHandle(polygon, '0-0-1', [6, 1])).toEqual({
      kind: 'polygon',
      parts: [
        [
          [
            [0, 0],
            [6, 1],
            [4, 4],
          ],
        ],
      ],
    })
    const ellipse: Shape = { kind: 'ellipse', centre: [5, 5], radii: [3, 2], angle: 90 }
    expect(withHandle(ellipse, 'axis-0', [5, 12])).toMatchObject({ radii: [7, 2] })
  })
})

it('knows what lies under the pointer', () => {
  const turned: Shape = { kind: 'box', box: [0, 8, 20, 4], angle: 90 }
  expect([hits(turned, [10, 1], 0), hits(turned, [1, 10], 0)]).toEqual([true, false])
  const ring: Shape = {
    kind: 'polygon',
    parts: [
      [
        [
          [0, 0],
          [9, 0],
          [9, 9],
          [0, 9],
        ],
        [
          [3, 3],
          [6, 3],
          [6, 6],
          [3, 6],
        ],
      ],
    ],
  }
  expect([hits(ring, [1, 1], 0), hits(ring, [4, 4], 0)]).toEqual([true, false])
  const mask: Shape = { kind: 'mask', mask: { rows: 3, columns: 3, runs: [4, 1, 4] } }
  expect([hits(mask, [1.5, 1.9], 0), hits(mask, [2.1, 1.5], 0)]).toEqual([true, false])
  expect(
    hits(
      {
        kind: 'line',
        points: [
          [0, 0],
          [10, 0],
        ],
      },
      [5, 2],
      3,
    ),
  ).toBe(true)
})

it('thins a line and stays near it', () => {
  const line = Array.from({ length: 200 }, (_, at): Point => [at / 10, Math.sin(at / 30) * 5])
  const thin = simplified(line, 0.1)
  expect(thin.length).toBeLessThan(30)
  expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)])
  for (const point of line) {
    const away = Math.min(...thin.slice(1).map((end, at) => distanceToSegment(point, thin[at] ?? end, end)))
    expect(away).toBeLessThanOrEqual(0.1 + 1e-9)
  }
})
