import { expect, it } from 'vitest'
import type { SeriesFindings } from '#shared/contract/review'
import type { Box } from '#shared/domain/finding'
import { lowestBox, placesOf } from './predictions'

const found = (regionThreshold: number, ...boxes: { score: number; box: Box | null }[]): SeriesFindings => ({
  run: {
    runId: 1,
    jobId: 1,
    modelId: 'detector',
    modelVersion: '1.0.0',
    task: 'detection',
    provider: 'cpu',
    threshold: regionThreshold,
    regionThreshold,
    generalLabel: null,
    precision: 'float32',
    flips: false,
    places: true,
    millisecondsPerImage: 1,
    scoredAt: '',
    predicted: 1,
    failed: 0,
  },
  lesions: [],
  predictions: [
    {
      predictionId: 1,
      imageId: 1,
      ordinal: 0,
      hasMap: false,
      areaMm2: null,
      areaPx: 0,
      topScore: null,
      classes: null,
      findings: boxes.map((one, id) => ({
        ...one,
        id,
        imageId: 1,
        label: 'milk',
        areaMm2: null,
        areaPx: null,
        lesionId: null,
      })),
    },
  ],
})

const box: Box = [0, 0, 1, 1]

it('goes down to the lowest box that was kept, and no higher than the operating point', () => {
  expect(lowestBox(found(0.5, { score: 0.9, box }, { score: 0.237, box }))).toBe(0.23)
  expect(lowestBox(found(0.5, { score: 0.9, box }))).toBe(0.5)
  expect(lowestBox(found(0.5))).toBe(0.5)
})

it('leaves out findings that are no boxes', () => {
  expect(lowestBox(found(0.5, { score: 0.1, box: null }))).toBe(0.5)
})

it('counts a box with two labels once', () => {
  const box: Box = [1, 2, 3, 4]
  const boxes = [
    { label: 'product', box, score: 0.9 },
    { label: 'milk', box, score: 0.8 },
    { label: 'product', box: [9, 2, 3, 4] as Box, score: 0.7 },
  ]
  expect(placesOf(boxes)).toBe(2)
  expect(placesOf([])).toBe(0)
})
