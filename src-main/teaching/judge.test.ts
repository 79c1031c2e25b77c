import { expect, it } from 'vitest'
import { judge, type LeftOut } from './judge'

const call = (truth: number, called: number, confidence: number, group: number): LeftOut => ({
  truth,
  called,
  confidence,
  group,
})
/** Eight of ten right; the mistakes are less sure. */
const calls = [
  ...Array.from({ length: 6 }, (_, at) => call(0, 0, 0.95, at)),
  call(1, 1, 0.85, 6),
  call(1, 1, 0.85, 7),
  call(1, 0, 0.55, 8),
  call(1, 0, 0.62, 9),
]

it('counts what is right, by label and in all', () => {
  const { accuracy, meanRecall, labels, confusions } = judge(calls, 2)
  expect(accuracy.value).toBe(0.8)
  expect(meanRecall.value).toBe(0.75)
  expect(labels).toEqual([
    { recall: 1, pictures: 6 },
    { recall: 0.5, pictures: 4 },
  ])
  expect(confusions).toEqual([{ truth: 1, called: 0, pictures: 2 }])
  const [low, high] = accuracy.interval
  expect(low).toBeGreaterThanOrEqual(0.4)
  expect(low).toBeLessThan(0.7)
  expect(high).toBe(1)
  expect(judge(calls, 2).accuracy.interval).toEqual([low, high])
})

it('draws whole groups: pictures of two groups say less than those of ten', () => {
  const two = judge(
    calls.map((one) => ({ ...one, group: one.truth })),
    2,
  )
  const [low, high] = two.accuracy.interval
  const ten = judge(calls, 2).accuracy.interval
  expect(high - low).toBeGreaterThan(0)
  // one group is all right, the other half right: a draw is 1, 0.8 or 0.5
  expect([low, high]).toEqual([0.5, 1])
  expect(ten[1] - ten[0]).toBeLessThan(0.61)
})

it('does not take a few pictures that are all right for certainty', () => {
  const allRight = Array.from({ length: 20 }, (_, at) => call(at % 2, at % 2, 0.9, at % 10))
  const { accuracy, meanRecall } = judge(allRight, 2)
  // the rule of three over ten groups
  expect(accuracy).toEqual({ value: 1, interval: [0.7, 1] })
  expect(meanRecall).toEqual({ value: 1, interval: [0.7, 1] })
  const allWrong = allRight.map((one) => ({ ...one, called: 1 - one.truth }))
  expect(judge(allWrong, 2).accuracy).toEqual({ value: 0, interval: [0, 0.3] })
})

it('chooses the lowest threshold at which 95 % of the named are right', () => {
  const { operatingPoint, thresholds } = judge(calls, 2)
  expect(operatingPoint.threshold).toBe(0.65)
  expect(thresholds.find(({ threshold }) => threshold === 0.65)).toEqual({
    threshold: 0.65,
    coverage: 0.8,
    precision: 1,
    unsureWhenWrong: 1,
  })
  const worse = judge([...calls, call(0, 1, 0.96, 10)], 2).operatingPoint
  expect(worse.threshold).toBe(0.65)
  expect(worse.chosen).toContain('none reaches 95 %')
  const allRight = judge(
    [0.99, ...Array.from({ length: 18 }, () => 0.9), 0.62].map((confidence, at) =>
      call(at % 2, at % 2, confidence, at),
    ),
    2,
  )
  // 19 of 20 are at least 0.9 sure
  expect(allRight.operatingPoint.threshold).toBe(0.9)
  expect(allRight.operatingPoint.chosen).toContain('are right at any')
})

it('compares what is stated with what came true', () => {
  const { reliability } = judge(calls, 2)
  expect(reliability.bins).toEqual([
    { confidence: 0.55, accuracy: 0, count: 1 },
    { confidence: 0.62, accuracy: 0, count: 1 },
    { confidence: 0.85, accuracy: 1, count: 2 },
    { confidence: 0.95, accuracy: 1, count: 6 },
  ])
  // (0.55 + 0.62 + 2 x 0.15 + 6 x 0.05) / 10
  expect(reliability.ece).toBeCloseTo(0.177, 4)
})
