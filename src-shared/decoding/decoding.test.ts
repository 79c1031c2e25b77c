import { describe, expect, it } from 'vitest'
import type { OutputDecoding } from '../domain/model-manifest/index'
import { decodeRle } from '../geometry/rle'
import { activate, softmax } from './activation'
import type { Candidate, Corners } from './candidate'
import { carriedBack, carriedMask } from './carry'
import { callOf, probabilitiesOf } from './classes'
import { detect } from './detecting'
import { fuse } from './fusion'
import { maskPlanes } from './masks'
import { mirroredBack } from './mirror'
import { suppress } from './nms'
import type { Outputs } from './tensor'

const place = { image: 0, count: 1, rows: 100, columns: 200 }

function outputsOf(tensors: Record<string, [dims: number[], values: number[]]>): Outputs {
  return new Map(
    Object.entries(tensors).map(([name, [dims, values]]) => [
      name,
      { dims, data: Float32Array.from(values) },
    ]),
  )
}

function candidate(label: string, score: number, box: Corners): Candidate {
  return { label, score, box, outline: null }
}

describe('classes', () => {
  const output = {
    decode: 'softmax' as const,
    name: 'out',
    labels: ['a', 'b'],
    activation: 'softmax' as const,
  }

  it('add up to one however large the logits', () => {
    expect([...softmax([1000, 1000])]).toEqual([0.5, 0.5])
    expect(activate([0.2, 0.3], 'none')).toEqual([0.2, 0.3])
  })

  it('are those of the image within its batch', () => {
    const outputs = outputsOf({
      out: [
        [2, 2],
        [0, 0, 0, Math.log(3)],
      ],
    })
    const values = probabilitiesOf(output, outputs, { ...place, image: 1, count: 2 })
    expect([...values].map((value) => Number(value.toFixed(6)))).toEqual([0.25, 0.75])
  })

  it('are refused in another shape', () => {
    expect(() =>
      probabilitiesOf(
        output,
        outputsOf({
          out: [
            [1, 3],
            [1, 2, 3],
          ],
        }),
        place,
      ),
    ).toThrow('INFERENCE_FAILED: expected output out of 1 x 2; got 1 x 3')
    expect(() => probabilitiesOf(output, outputsOf({}), place)).toThrow('none of that name')
  })

  it('may all hold at once', () => {
    const many = { ...output, decode: 'multi-label' as const, activation: 'sigmoid' as const }
    const rules = { labels: [], groups: [], operatingPoint: { threshold: 0.5, chosen: '' } }
    expect(callOf(many, [0.6, 0.5], rules, 0.5).called).toEqual(['a', 'b'])
    expect(callOf({ ...many, threshold: 0.55 }, [0.6, 0.5], rules, 0.5).called).toEqual(['a'])
  })
})

describe('masks', () => {
  it('share a pixel between labels and background', () => {
    const output = { decode: 'softmax-mask' as const, name: 'out', labels: ['a', 'b'] }
    const outputs = outputsOf({
      out: [
        [1, 3, 1, 2],
        [0, 5, 0, -5, Math.log(2), -5],
      ],
    })
    const planes = maskPlanes(output, outputs, { image: 0, count: 1, rows: 1, columns: 2 })
    expect([...planes].map((value) => Number(value.toFixed(3)))).toEqual([0.25, 0, 0.5, 0])
  })

  it('are brought to the size of the input where the network is coarser', () => {
    const output = { decode: 'sigmoid-mask' as const, name: 'out', labels: ['a'] }
    const outputs = outputsOf({
      out: [
        [1, 1, 1, 2],
        [-4, 4],
      ],
    })
    const planes = maskPlanes(output, outputs, { image: 0, count: 1, rows: 1, columns: 4 })
    expect([...planes].map((value) => Number(value.toFixed(3)))).toEqual([0.018, 0.119, 0.881, 0.982])
  })
})

describe('suppression', () => {
  const boxes = [
    candidate('a', 0.8, [0, 0, 10, 10]),
    candidate('a', 0.9, [1, 0, 11, 10]),
    candidate('b', 0.7, [0, 0, 10, 10]),
    candidate('a', 0.6, [20, 0, 30, 10]),
  ]
  const scores = (kept: Candidate[]) => kept.map(({ score }) => score)

  it('keeps the best of what overlaps, within a label or across all', () => {
    const rules = { iou: 0.5, acrossLabels: false, maxDetections: 10 }
    expect(scores(suppress(boxes, rules))).toEqual([0.9, 0.7, 0.6])
    expect(scores(suppress(boxes, { ...rules, acrossLabels: true }))).toEqual([0.9, 0.6])
    expect(scores(suppress(boxes, { ...rules, maxDetections: 2 }))).toEqual([0.9, 0.7])
    expect(scores(suppress(boxes, { ...rules, iou: 0.82 }))).toEqual([0.9, 0.8, 0.7, 0.6])
  })

  it('prefers a whole box to a better one that the edge of a tile cut off', () => {
    const [part, whole] = [candidate('a', 0.9, [5, 0, 10, 10]), candidate('a', 0.6, [0, 0, 20, 10])]
    const rules = { iou: 0.5, acrossLabels: false, maxDetections: 10 }
    expect(suppress([part, whole], rules, (one) => one === part)).toEqual([whole])
  })

  it('fuses what several looks saw, and believes less what only one did', () => {
    const [left, right] = [candidate('a', 0.9, [0, 0, 10, 10]), candidate('a', 0.6, [1, 0, 11, 10])]
    const [fused, single] = fuse([[left], [right, candidate('b', 0.8, [50, 0, 60, 10])]], 0.5)
    expect(fused?.score).toBeCloseTo(0.75, 6)
    expect(fused?.box.map((side) => Number(side.toFixed(3)))).toEqual([0.4, 0, 10.4, 10])
    expect(single).toMatchObject({ label: 'b', score: 0.4 })
  })
})

describe('boxes', () => {
  it('come from anchors with a background column, each label that reaches the threshold', () => {
    const output: OutputDecoding = {
      decode: 'boxes',
      boxes: { name: 'boxes', format: 'cxcywh', unit: 'normalised' },
      scores: { name: 'scores', activation: 'softmax', background: 0 },
      labels: ['a', 'b'],
      nms: { iou: 0.5, acrossLabels: false, maxDetections: 10 },
    }
    const outputs = outputsOf({
      boxes: [
        [1, 2, 4],
        [0.5, 0.5, 0.5, 0.2, 0.1, 0.1, 0.1, 0.1],
      ],
      scores: [
        [1, 2, 3],
        [0, Math.log(8), 0, Math.log(8), 0, 0],
      ],
    })
    const [found, ...more] = detect(output, outputs, place, 0.5)
    expect(more).toEqual([])
    expect(found).toMatchObject({ label: 'a', score: expect.closeTo(0.8, 6) })
    expect(found?.box.map((side) => Number(side.toFixed(4)))).toEqual([50, 40, 150, 60])
  })

  const yolo = {
    decode: 'yolo' as const,
    name: 'out',
    unit: 'pixels' as const,
    activation: 'none' as const,
    labels: ['a', 'b'],
    nms: { iou: 0.5, acrossLabels: false, maxDetections: 10 },
  }

  it('come from YOLO rows with objectness and from columns without', () => {
    const rows = outputsOf({
      out: [
        [1, 2, 7],
        [20, 30, 10, 4, 0.9, 0.1, 0.8, 0, 0, 1, 1, 0.1, 1, 1],
      ],
    })
    const found = detect({ ...yolo, arrangement: 'rows', objectness: true }, rows, place, 0.3)
    expect(found).toEqual([candidate('b', expect.closeTo(0.72, 6), [15, 28, 25, 32])])
    const columns = outputsOf({
      out: [
        [1, 6, 2],
        [20, 0, 30, 0, 10, 1, 4, 1, 0.1, 0.2, 0.8, 0.1],
      ],
    })
    const same = detect({ ...yolo, arrangement: 'columns', objectness: false }, columns, place, 0.3)
    expect(same).toEqual([candidate('b', expect.closeTo(0.8, 6), [15, 28, 25, 32])])
  })

  it('carry the masks that prototypes and coefficients mix', () => {
    const outputs = outputsOf({
      out: [
        [1, 8, 1],
        [100, 50, 200, 100, 0.9, 0, 1, -1],
      ],
      protos: [
        [1, 2, 2, 4],
        [4, 4, -4, -4, 4, 4, -4, -4, 0, 0, 0, 0, 8, 8, 0, 0],
      ],
    })
    const masks = { name: 'protos', coefficients: 2 }
    const [found] = detect({ ...yolo, arrangement: 'columns', objectness: false, masks }, outputs, place, 0.3)
    expect(found?.outline?.window).toEqual([0, 0, 4, 2])
    expect([...(found?.outline?.logits ?? [])]).toEqual([4, 4, -4, -4, -4, -4, -4, -4])
    const carriage = { stored: [2, 4] as const, content: [100, 200] as const, offset: [0, 0] as const }
    if (!found?.outline) throw new Error('no outline')
    const { rle, area } = carriedMask(found.outline, [0, 0, 4, 2], carriage, [100, 200])
    expect([...decodeRle(rle)]).toEqual([1, 1, 0, 0, 0, 0, 0, 0])
    expect(area).toBe(2)
  })

  it('come as they are from networks that suppress by themselves', () => {
    const one = {
      decode: 'detections' as const,
      name: 'out',
      unit: 'normalised' as const,
      labels: ['a', 'b'],
    }
    const six = outputsOf({
      out: [
        [1, 2, 6],
        [0, 0, 0.5, 1, 0.9, 1, 0, 0, 1, 1, 0.1, 0],
      ],
    })
    expect(detect(one, six, place, 0.5)).toEqual([candidate('b', expect.closeTo(0.9, 6), [0, 0, 100, 100])])
    const seven = outputsOf({
      out: [
        [2, 7],
        [1, 0, 0, 1, 1, 0.9, 0, 0, 0, 0, 0.5, 0.5, 0.8, 0],
      ],
    })
    expect(detect(one, seven, { ...place, count: 2 }, 0.5)).toEqual([
      candidate('a', expect.closeTo(0.8, 6), [0, 0, 100, 50]),
    ])
    const apart: OutputDecoding = {
      decode: 'detection-tensors',
      boxes: { name: 'boxes', format: 'xywh', unit: 'pixels' },
      scores: 'scores',
      classes: 'classes',
      count: 'count',
      firstLabel: 1,
      labels: ['a', 'b'],
    }
    const tensors = outputsOf({
      boxes: [
        [1, 3, 4],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9],
      ],
      scores: [
        [1, 3],
        [0.9, 0.8, 0.7],
      ],
      classes: [
        [1, 3],
        [2, 1, 1],
      ],
      count: [[1], [2]],
    })
    expect(detect(apart, tensors, place, 0.5)).toEqual([
      candidate('b', expect.closeTo(0.9, 6), [1, 2, 4, 6]),
      candidate('a', expect.closeTo(0.8, 6), [5, 6, 12, 14]),
    ])
  })
})

describe('the way back', () => {
  it('undoes scale and offset, and ends at the border of the image', () => {
    const carriage = { stored: [50, 100] as const, content: [100, 200] as const, offset: [0, 20] as const }
    expect(carriedBack([40, 10, 300, 30], carriage)).toEqual([10, 5, 100, 15])
  })

  it('turns a mirror image round', () => {
    const outline = {
      grid: [1, 4] as const,
      window: [0, 0, 2, 1] as [number, number, number, number],
      logits: Float32Array.of(1, 2),
    }
    const back = mirroredBack({ ...candidate('a', 1, [0, 5, 30, 9]), outline }, 200)
    expect(back.box).toEqual([170, 5, 200, 9])
    expect(back.outline?.window).toEqual([2, 0, 2, 1])
    expect([...(back.outline?.logits ?? [])]).toEqual([2, 1])
  })
})
