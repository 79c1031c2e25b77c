import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Point, Shape } from '../domain/annotation/shape'
import { augmentationRecipe } from '../domain/data-set/augmentation'
import type { Frame } from '../domain/image'
import { encodeRle } from '../geometry/rle'
import { maskOf } from '../geometry/shapes/parts'
import { Chance } from './chance'
import { backward, drawWarp, forward, shownRows } from './warp'
import { augmentFrame } from './warp-frame'
import { warpShape } from './warp-shape'

const [rows, columns] = [60, 90]
const recipe = (more: object) =>
  augmentationRecipe.parse({ format: 'lepton-augmentation', formatVersion: 1, copies: 1, ...more })
const warpOf = (more: object, key = 'a') => drawWarp(recipe(more), { rows, columns }, new Chance(key))
const bright: Shape = {
  kind: 'polygon',
  parts: [
    [
      [
        [30, 20],
        [60, 22],
        [55, 40],
        [35, 38],
      ],
    ],
  ],
}
const frameOf = (shape: Shape): Frame => {
  const data = new Uint8Array(rows * columns)
  const mask = maskOf(shape, rows, columns)
  let at = 0
  mask?.runs.forEach((run, i) => {
    if (i % 2 === 1) data.fill(200, at, at + run)
    at += run
  })
  return {
    rows,
    columns,
    samples: 1,
    type: 'uint8',
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 200,
    padding: null,
    spacing: null,
    data,
  }
}
const dice = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let [both, all] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    both += a[i] && b[i] ? 2 : 0
    all += (a[i] ? 1 : 0) + (b[i] ? 1 : 0)
  }
  return both / all
}
const warps = {
  flip: { flip: { horizontal: 1 } },
  rotate: { rotate: 40 },
  scale: { scale: [1.3, 1.3] },
  elastic: { elastic: 0.04 },
  all: { flip: { horizontal: 1, vertical: 1 }, rotate: 30, scale: [0.8, 1.2], elastic: 0.03 },
}

it.each(Object.entries(warps))('moves points there and back: %s', (_, more) => {
  const warp = warpOf(more)
  for (const point of [
    [10, 10],
    [45, 30],
    [80, 50],
  ] satisfies Point[]) {
    const [x, y] = backward(warp, forward(warp, point))
    expect(Math.hypot(x - point[0], y - point[1])).toBeLessThan(0.01)
  }
})

it.each(Object.entries(warps))('moves shapes as it moves pixels: %s', (_, more) => {
  const warp = warpOf(more, 'b')
  const picture = augmentFrame(frameOf(bright), warp, recipe(more), new Chance('c'))
  const seen = Uint8Array.from(picture.data, (value) => (value > 100 ? 1 : 0))
  const mask = maskOf(bright, rows, columns)
  const shapes: Shape[] = [bright, ...(mask ? [{ kind: 'mask' as const, mask }] : [])]
  for (const shape of shapes) {
    const moved = warpShape(shape, warp)
    const own = moved && maskOf(moved, rows, columns)
    const pixels = new Uint8Array(rows * columns)
    let at = 0
    own?.runs.forEach((run, i) => {
      if (i % 2 === 1) pixels.fill(1, at, at + run)
      at += run
    })
    expect(dice(seen, pixels)).toBeGreaterThan(0.95)
  }
})

it('keeps boxes boxes without bending, and drops what leaves the picture', () => {
  const box: Shape = { kind: 'box', box: [20, 20, 20, 10], angle: 10 }
  const turned = warpShape(box, {
    flipX: true,
    flipY: false,
    angle: 30,
    scale: 2,
    field: null,
    rows,
    columns,
  })
  expect(turned).toMatchObject({ kind: 'box', angle: 20 })
  expect(turned?.kind === 'box' && turned.box.slice(2)).toEqual([40, 20])
  expect(
    warpShape(
      { kind: 'box', box: [0, 0, 5, 5], angle: 0 },
      { flipX: false, flipY: false, angle: 0, scale: 3, field: null, rows, columns },
    ),
  ).toBeNull()
  expect(warpShape({ kind: 'tag' }, warpOf({ rotate: 90 }))).toEqual({ kind: 'tag' })
})

it('finds row by row what it finds point by point', () => {
  const warp = warpOf(warps.all, 'd')
  const shown = shownRows(warp)
  for (const row of [0, 31, rows - 1]) {
    const { xs, ys } = shown(row)
    const points = Array.from({ length: columns }, (_, column) => backward(warp, [column + 0.5, row + 0.5]))
    expect([...xs].map((x, column) => [x, ys[column]])).toEqual(points)
  }
})

it('gives the variants of a seed that it always gave', () => {
  const everything = recipe({
    ...warps.all,
    noise: 0.1,
    blur: 2,
    gamma: [0.5, 2],
    contrast: [0.7, 1.3],
    cutout: { count: 2, side: 0.2 },
    bias: 0.5,
  })
  const made = augmentFrame(
    frameOf(bright),
    drawWarp(everything, { rows, columns }, new Chance('1 warp')),
    everything,
    new Chance('1 tones'),
  )
  expect(createHash('sha256').update(Uint8Array.from(made.data)).digest('hex')).toMatch(
    /^44900ba4c9ac30fade477a4ee2b5f8418329c/,
  )
})

it('changes tones within the range, the same for the same key', () => {
  const frame = frameOf(bright)
  const more = recipe({
    noise: 0.1,
    blur: 2,
    gamma: [0.5, 2],
    contrast: [0.7, 1.3],
    cutout: { count: 2, side: 0.2 },
    bias: 0.5,
  })
  const make = (key: string) => augmentFrame(frame, warpOf({}), more, new Chance(key))
  expect(make('x').data).toEqual(make('x').data)
  expect(make('x').data).not.toEqual(make('y').data)
  expect(Math.max(...make('x').data)).toBeLessThanOrEqual(200)
  expect(augmentFrame(frame, warpOf({}), recipe({}), new Chance('z')).data).toEqual(frame.data)
  expect(encodeRle(make('x').data, rows, columns).runs.length).toBeGreaterThan(10)
})
