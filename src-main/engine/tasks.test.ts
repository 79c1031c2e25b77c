import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upsampleMap } from '#shared/geometry/probability'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { colourInput, writeColourClassifier, writeRedDetector } from './testing/colour-models'
import { type Colour, pixelsOf, writeColourDicom, writePng } from './testing/pictures'
import { writeSeries } from './testing/series'
import { writeTinyModel } from './testing/tiny-model'
import type { Engine, EnsembleTask, FrameSource, ImageResult, ModelSource, ScoreTask } from './types'

const folder = mkdtempSync(join(tmpdir(), 'lepton-tasks-'))
let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 2 })
})

afterAll(async () => {
  await engine.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

async function score(model: ModelSource, stack: FrameSource[], change: Partial<ScoreTask> = {}) {
  const results: ImageResult[] = []
  const wanted = [...stack.keys()]
  const task: ScoreTask = { model, provider: 'cpu', threshold: 0.5, flips: false, stack, wanted, ...change }
  await engine.score(task, (result) => results.push(result))
  return results
    .sort((a, b) => a.index - b.index)
    .map((result) => {
      if (result.status !== 'scored') throw new Error(JSON.stringify(result))
      return result
    })
}

const BLACK: Colour = [0, 0, 0]

/** 40 x 20 pixels, black but for a rectangle of one colour. */
function rectangle(name: string, colour: Colour, [x, y, width, height]: readonly number[]): FrameSource {
  const inside = (row: number, column: number) =>
    column >= (x ?? 0) &&
    column < (x ?? 0) + (width ?? 0) &&
    row >= (y ?? 0) &&
    row < (y ?? 0) + (height ?? 0)
  const data = pixelsOf(40, 20, (row, column) => (inside(row, column) ? colour : BLACK))
  return writePng(join(folder, name), 40, 20, data)
}

describe('classification', () => {
  const whole = [0, 0, 20, 40] as const

  it('calls the likeliest label and adds up groups', async () => {
    const model = writeColourClassifier(join(folder, 'colours'))
    const [green] = await score(model, [rectangle('green.png', [0, 255, 0], whole)])
    const [call] = green?.classes ?? []
    const share = Math.exp(4) / (Math.exp(4) + 2)
    expect(call?.probabilities.map(({ label }) => label)).toEqual(['red', 'green', 'blue'])
    expect(call?.probabilities[1]?.probability).toBeCloseTo(share, 5)
    expect(call?.groups).toEqual([{ group: 'warm', probability: expect.closeTo(share + (1 - share) / 2, 5) }])
    expect(call?.called).toEqual(['green'])
    expect(green?.findings).toEqual([])
  })

  it('calls nothing below the operating point, and its own label from there on', async () => {
    const sources = [rectangle('teal.png', [0, 160, 200], whole)]
    const shy = writeColourClassifier(join(folder, 'shy'))
    expect((await score(shy, sources, { threshold: 0.9 }))[0]?.classes[0]?.called).toEqual([])
    const operatingPoint = { threshold: 0.3, chosen: 'by construction', label: 'green' }
    const keen = writeColourClassifier(join(folder, 'keen'), { operatingPoint })
    const called = async (threshold: number) =>
      (await score(keen, sources, { threshold }))[0]?.classes[0]?.called
    expect(await called(0.3)).toEqual(['green'])
    expect(await called(0.6)).toEqual(['blue'])
  })

  it('gives a DICOM image and a photograph of the same pixels the same answer, in any order of colours', async () => {
    const data = pixelsOf(30, 50, (row, column) => [row * 8, column * 5, (row * column) % 256])
    const stack = [
      writePng(join(folder, 'same.png'), 30, 50, data),
      writeColourDicom(join(folder, 'same.dcm'), 30, 50, data),
    ]
    const model = writeColourClassifier(join(folder, 'same'))
    const [photograph, dicom] = await score(model, stack)
    expect(dicom?.classes).toEqual(photograph?.classes)
    const turned = writeColourClassifier(join(folder, 'bgr'), {
      input: colourInput({ channels: { kind: 'bgr' } }),
    })
    const values = (result: typeof photograph) =>
      result?.classes[0]?.probabilities.map(({ probability }) => probability)
    const [bgr] = await score(turned, stack)
    expect(values(bgr)?.toReversed()).toEqual(values(photograph))
  })

  it('averages over the mirror image, which changes nothing where only means count', async () => {
    const model = writeColourClassifier(join(folder, 'mirror'))
    const stack = [rectangle('left.png', [255, 40, 0], [0, 0, 5, 40])]
    const values = async (flips: boolean) =>
      (await score(model, stack, { flips }))[0]?.classes[0]?.probabilities.map(({ probability }) =>
        Number(probability.toFixed(6)),
      )
    expect(await values(true)).toEqual(await values(false))
  })
})

describe('detection', () => {
  const letterbox = {
    policy: 'letterbox' as const,
    rows: 8,
    columns: 8,
    fill: 0,
    align: 'centre' as const,
    filter: 'bilinear' as const,
  }

  it('carries boxes back from a letterbox, the class-agnostic label beside the own', async () => {
    const model = writeRedDetector(join(folder, 'letterbox'), letterbox)
    const [result] = await score(model, [rectangle('box.png', [255, 0, 0], [5, 10, 5, 5])])
    expect(result?.findings.map(({ label, box }) => [label, box])).toEqual([
      ['red', [5, 10, 5, 5]],
      ['thing', [5, 10, 5, 5]],
    ])
    expect(result?.findings[0]).toMatchObject({ areaPx: null, mask: null })
    expect(result?.findings[0]?.score).toBeCloseTo(1, 5)
  })

  it('looks at the mirror image as well and finds the same place', async () => {
    const model = writeRedDetector(join(folder, 'mirrored'), { ...letterbox, align: 'top-left' })
    const stack = [rectangle('mirrored.png', [255, 0, 0], [15, 10, 5, 5])]
    const [plain] = await score(model, stack)
    const [flipped] = await score(model, stack, { flips: true })
    expect(plain?.findings.map(({ box }) => box)).toEqual([
      [15, 10, 5, 5],
      [15, 10, 5, 5],
    ])
    const found = flipped?.findings.map(({ label, box, score }) => [
      label,
      box?.map((side) => Number(side.toFixed(4))),
      Number(score.toFixed(4)),
    ])
    expect(found).toEqual([
      ['red', [15, 10, 5, 5], 1],
      ['thing', [15, 10, 5, 5], 1],
    ])
  })

  it('slides over a large picture and finds every place once', async () => {
    const model = writeRedDetector(join(folder, 'tiles'), {
      policy: 'tiles',
      rows: 8,
      columns: 8,
      overlap: 4,
      fill: 0,
    })
    const places = [
      [0, 0],
      [7, 9],
      [12, 30],
      [19, 39],
    ] as const
    const data = pixelsOf(40, 20, (row, column) =>
      places.some(([x, y]) => x === column && y === row) ? [255, 0, 0] : BLACK,
    )
    const [result] = await score(model, [writePng(join(folder, 'dots.png'), 40, 20, data)])
    const boxes = result?.findings.filter(({ label }) => label === 'red').map(({ box }) => box)
    expect(new Set(boxes?.map(String))).toEqual(new Set(places.map(([x, y]) => `${x},${y},1,1`)))
    expect(boxes).toHaveLength(places.length)
  })
})

describe('segmentation', () => {
  it('gives the same regions in tiles as in one piece', async () => {
    const stack = writeSeries(join(folder, 'series'), 5)
    const whole = await score(writeTinyModel(join(folder, 'whole')), stack)
    const size = { policy: 'tiles' as const, rows: 16, columns: 16, overlap: 6, fill: 0 }
    const tiled = await score(writeTinyModel(join(folder, 'tiled'), { size }), stack)
    expect(tiled.map(({ findings }) => findings)).toEqual(whole.map(({ findings }) => findings))
  })

  it('gives the same regions of the mirror image', async () => {
    const stack = writeSeries(join(folder, 'mirror-series'), 3)
    const model = writeTinyModel(join(folder, 'flipped'))
    const plain = await score(model, stack)
    const flipped = await score(model, stack, { flips: true })
    expect(flipped.map(({ findings }) => findings)).toEqual(plain.map(({ findings }) => findings))
  })
})

describe('explanation', () => {
  const stack = () => rectangle('corner.png', [255, 0, 0], [0, 0, 10, 20])

  async function heat(model: ModelSource, label: string) {
    const { method, info, bytes } = await engine.explain(model, 'cpu', stack(), label)
    const field = upsampleMap(info, inflateRawSync(bytes), 0)
    const at = (row: number, column: number) => field[row * 20 + column] ?? 0
    return { method, info, at }
  }

  it('draws the class activation that a network declares', async () => {
    const model = writeColourClassifier(join(folder, 'declared'))
    const { method, info, at } = await heat(model, 'red')
    expect(method).toBe('activation')
    expect(info).toMatchObject({ rows: 40, columns: 20, labels: ['red'] })
    expect(at(5, 3)).toBeCloseTo(255, 0)
    expect(at(35, 15)).toBe(0)
    expect((await heat(model, 'blue')).at(5, 3)).toBe(0)
  })

  it('covers parts of the picture where it declares none', async () => {
    const { method, at } = await heat(writeColourClassifier(join(folder, 'covered'), { maps: false }), 'red')
    expect(method).toBe('occlusion')
    expect(at(8, 4)).toBeGreaterThan(200)
    expect(at(35, 15)).toBeLessThan(20)
  })

  it('explains a group as its labels together, and refuses what the model does not know', async () => {
    const model = writeColourClassifier(join(folder, 'grouped'))
    expect((await heat(model, 'warm')).at(5, 3)).toBeCloseTo(255, 0)
    await expect(engine.explain(model, 'cpu', stack(), 'plaid')).rejects.toMatchObject({
      code: 'MODEL_DOES_NOT_FIT',
    })
  })

  it('stops when nobody wants it any more', async () => {
    const model = writeColourClassifier(join(folder, 'cancelled'), { maps: false })
    const stop = new AbortController()
    const asked = engine.explain(model, 'cpu', stack(), 'red', stop.signal)
    stop.abort()
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('an ensemble', () => {
  const together = (members: ModelSource[], rule: EnsembleTask['rule']): Partial<ScoreTask> => {
    const [first] = members
    if (!first) throw new Error('no members')
    const { labels, groups, operatingPoint } = first.manifest
    const manifest = { labels, groups, operatingPoint }
    const running = members.map((model) => ({ model, provider: 'cpu' as const }))
    return { ensemble: { rule, members: running, manifest } }
  }
  const swapped = colourInput({ channels: { kind: 'bgr' } })

  it('averages probabilities, or counts what each member calls', async () => {
    const rgb = writeColourClassifier(join(folder, 'member-rgb'))
    const bgr = writeColourClassifier(join(folder, 'member-bgr'), { input: swapped })
    const stack = [rectangle('orange.png', [255, 200, 0], [0, 0, 20, 40])]
    const [alone] = await score(rgb, stack)
    const [mean] = await score(rgb, stack, together([rgb, bgr], 'mean'))
    const of = (result: typeof alone, label: string) =>
      result?.classes[0]?.probabilities.find((one) => one.label === label)?.probability ?? -1
    expect(of(mean, 'red')).toBeCloseTo((of(alone, 'red') + of(alone, 'blue')) / 2, 5)
    expect(of(mean, 'green')).toBeCloseTo(of(alone, 'green'), 5)
    const [vote] = await score(rgb, stack, together([rgb, rgb, bgr], 'vote'))
    expect(vote?.classes[0]?.called).toEqual(['red'])
    expect(of(vote, 'red')).toBeCloseTo(2 / 3, 5)
  })

  it('fuses boxes, and believes less what one member does not see', async () => {
    const size = colourInput().size
    const sees = writeRedDetector(join(folder, 'sees'), size)
    const blind = writeRedDetector(join(folder, 'blind'), size, 'bgr')
    const data = pixelsOf(8, 8, (row, column) => (row === 2 && column === 5 ? [255, 0, 0] : BLACK))
    const stack = [writePng(join(folder, 'dot.png'), 8, 8, data)]
    const find = async (members: ModelSource[], threshold: number, rule: EnsembleTask['rule']) =>
      (await score(sees, stack, { ...together(members, rule), threshold }))[0]?.findings
        .filter(({ label }) => label === 'red')
        .map(({ box, score }) => [box, score])
    expect(await find([sees, sees], 0.5, 'weighted-boxes-fusion')).toEqual([[[5, 2, 1, 1], 1]])
    expect(await find([sees, blind], 0.4, 'weighted-boxes-fusion')).toEqual([[[5, 2, 1, 1], 0.5]])
    expect(await find([sees, blind], 0.6, 'weighted-boxes-fusion')).toEqual([])
    expect(await find([sees, blind], 0.4, 'vote')).toEqual([])
    expect(await find([sees, sees, blind], 0.9, 'vote')).toEqual([[[5, 2, 1, 1], 1]])
  })

  it('gives the same regions as its members where these agree', async () => {
    const stack = writeSeries(join(folder, 'ensemble-series'), 4)
    const model = writeTinyModel(join(folder, 'ensemble-mask'))
    const plain = await score(model, stack)
    for (const rule of ['mean', 'vote'] as const) {
      const merged = await score(model, stack, together([model, model], rule))
      const places = (results: typeof plain) =>
        results.map(({ findings }) => findings.map(({ box, areaPx, areaMm2 }) => ({ box, areaPx, areaMm2 })))
      expect(places(merged)).toEqual(places(plain))
    }
  })

  it('fails where a member fails, and goes on', async () => {
    const model = writeTinyModel(join(folder, 'ensemble-failing'))
    const stack = writeSeries(join(folder, 'failing-series'), 3)
    const gone = stack.map((source, at) => (at === 1 ? { path: join(folder, 'gone.dcm'), frame: 0 } : source))
    const statuses: string[] = []
    const wanted = [...gone.keys()]
    const task = { model, provider: 'cpu' as const, threshold: 0.5, flips: false, stack: gone, wanted }
    await engine.score({ ...task, ...together([model, model], 'mean') }, (result) => {
      statuses[result.index] = result.status === 'failed' ? result.fault.code : result.status
    })
    expect(statuses).toEqual(['scored', 'FILE_NOT_FOUND', 'scored'])
  })
})
