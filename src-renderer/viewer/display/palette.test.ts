import { expect, test } from 'vitest'
import { hotMetalTables, shadesOf } from './palette'

const rgb = (shade = 0) => [shade & 255, (shade >> 8) & 255, (shade >> 16) & 255]

test('hot metal goes from black over red and yellow to white, and back when inverted', () => {
  const shades = shadesOf({ palette: 'hotMetal', inverted: false })
  expect([0, 96, 191, 255].map((byte) => rgb(shades[byte]))).toEqual([
    [0, 0, 0],
    [255, 1, 0],
    [255, 254, 0],
    [255, 255, 255],
  ])
  const inverted = shadesOf({ palette: 'hotMetal', inverted: true })
  expect(inverted[0]).toBe(shades[255])
})

test('grey inverted is the negative', () => {
  expect(rgb(shadesOf({ palette: 'grey', inverted: true })[10])).toEqual([245, 245, 245])
})

test('the filter for WebGL holds the same colours', () => {
  expect(hotMetalTables).toEqual([
    '0.0000 0.3333 0.6667 1.0000 1.0000 1.0000 1.0000 1.0000 1.0000',
    '0.0000 0.0000 0.0000 0.0000 0.3333 0.6667 1.0000 1.0000 1.0000',
    expect.stringMatching(/^0\.0000 0\.0000 0\.0000 0\.0000 0\.0000 0\.0000 0\.0000 0\.(4980|5020) 1\.0000$/),
  ])
})
