import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { sharedData } from '#main/testing/shared-data'
import { labelsOf } from './testing/colour-models'
import { InProcess } from './testing/in-process'
import { writeNetwork } from './testing/network-package'
import { type Colour, pixelsOf, writePng } from './testing/pictures'
import type { ModelSource } from './types'

// a whole network on a busy machine
vi.setConfig({ testTimeout: 120_000 })

const file = sharedData('onnx/ultraface_version-RFB-320.onnx')
const folder = mkdtempSync(join(tmpdir(), 'lepton-stranger-'))
const here = new InProcess()

afterAll(() => rmSync(folder, { recursive: true }))

/** UltraFace, by nothing but what its authors say of its input and outputs. */
function ultraface(threshold: number): ModelSource {
  return writeNetwork(join(folder, `t${threshold}`), readFileSync(file ?? ''), {
    task: 'detection',
    input: {
      name: 'input',
      layout: 'NCHW',
      type: 'float32',
      channels: { kind: 'rgb' },
      size: { policy: 'resize', rows: 240, columns: 320, filter: 'bilinear' },
      intensity: { kind: 'scale', divisor: 1, mean: [127], std: [128] },
    },
    outputs: [
      {
        decode: 'boxes',
        boxes: { name: 'boxes', format: 'xyxy', unit: 'normalised' },
        scores: { name: 'scores', activation: 'none', background: 0 },
        labels: ['face'],
        nms: { iou: 0.5, acrossLabels: false, maxDetections: 300 },
      },
    ],
    labels: labelsOf(['face']),
    operatingPoint: { threshold, chosen: 'as its authors do' },
  })
}

const [ROWS, COLUMNS] = [480, 960]
const CENTRE = { x: 640, y: 240 }

/** A drawn face on grey: skin, hair, eyes, nose and mouth, softly shaded. */
function faceAt(row: number, column: number): Colour {
  const [x, y] = [(column - CENTRE.x) / 90, (row - CENTRE.y) / 120]
  const inside = (cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1
  const light = 1 - 0.25 * Math.abs(x)
  if (inside(-0.38, -0.15, 0.09, 0.06) || inside(0.38, -0.15, 0.09, 0.06)) return [25, 20, 20]
  if (inside(-0.38, -0.15, 0.19, 0.09) || inside(0.38, -0.15, 0.19, 0.09)) return [235, 230, 225]
  if (inside(-0.38, -0.34, 0.25, 0.05) || inside(0.38, -0.34, 0.25, 0.05)) return [60, 40, 30]
  if (inside(0, 0.52, 0.32, 0.09)) return [170, 70, 70]
  if (inside(0, 0.22, 0.17, 0.07)) return [170, 120, 95]
  if (y < -0.55 && inside(0, -0.1, 1.08, 1.05)) return [50, 35, 25]
  if (inside(0, 0, 0.95, 1.1)) return [225 * light, 175 * light, 145 * light]
  if (Math.abs(x) < 0.4 && y > 0.8) return [205 * light, 155 * light, 125 * light]
  return y > 1.4 ? [60, 80, 130] : [150, 155, 160]
}

const face = () => writePng(join(folder, 'face.png'), ROWS, COLUMNS, pixelsOf(ROWS, COLUMNS, faceAt))

it.skipIf(file === null)("runs a stranger's detector by its manifest alone", async () => {
  const { result, tensor } = await here.score(ultraface(0.5), [face()], 0)
  expect(tensor.shape).toEqual([1, 3, 240, 320])
  const [found, ...more] = result.findings
  expect(more).toEqual([])
  expect(found?.label).toBe('face')
  const [x, y, width, height] = found?.box ?? [0, 0, 0, 0]
  expect(Math.abs(x + width / 2 - CENTRE.x)).toBeLessThan(30)
  expect(Math.abs(y + height / 2 - CENTRE.y)).toBeLessThan(50)
  expect(width).toBeGreaterThan(100)
  expect(width).toBeLessThan(260)
})

it.skipIf(file === null)(
  'keeps every box within the picture, best first, apart from one another',
  async () => {
    const { result } = await here.score(ultraface(0.01), [face()], 0)
    expect(result.findings.length).toBeGreaterThan(0)
    const scores = result.findings.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    for (const { box } of result.findings) {
      const [x, y, width, height] = box ?? [-1, -1, 0, 0]
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(COLUMNS)
      expect(y + height).toBeLessThanOrEqual(ROWS)
    }
  },
)
