import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ExchangeBench } from '#main/exchange/dicom/testing/bench'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { augmentationRecipe } from '#shared/domain/data-set/augmentation'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { splitRecipe } from '#shared/domain/data-set/split'
import type { Box } from '#shared/domain/finding'

const bench = new ExchangeBench()
const { dataSets, library: shelf } = bench
const everything = dataSetQuestion.parse({})
const halves = [
  { name: 'train', share: 1 },
  { name: 'test', share: 1 },
]
const [width, height] = [64, 48]

/** A picture of waves; `shift` moves its grey values without moving anything in it. */
function picture(seed: number, shift = 0): Uint8Array {
  const data = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return (
      120 +
      shift +
      50 * Math.sin((x * (1 + (seed % 5))) / 7 + seed) * Math.cos((y * (1 + (seed % 3))) / 5 + 2 * seed)
    )
  })
  return encode({ width, height, data, channels: 1, depth: 8 })
}

let images: { id: number; studyId: number; seriesId: number; name: string }[] = []
const imageOf = (name: string) =>
  images.find((image) => image.name.endsWith(name)) ?? { id: 0, studyId: 0, seriesId: 0 }

function draw(name: string, label: string, box: Box, reader = 'Li'): Annotation {
  const { id: imageId, studyId, seriesId } = imageOf(name)
  const now = new Date().toISOString()
  const after: Annotation = {
    id: randomUUID(),
    studyId,
    seriesId,
    imageId,
    objectId: randomUUID(),
    reader,
    label,
    shape: { kind: 'box', box, angle: 0 },
    attributes: {},
    state: 'drawn',
    origin: null,
    note: '',
    revision: 0,
    createdAt: now,
    updatedAt: now,
  }
  const { annotations } = bench.annotations.apply({
    id: randomUUID(),
    studyId,
    reader,
    kind: 'draw',
    changes: [{ before: null, after }],
  })
  return annotations[0] ?? after
}

beforeAll(async () => {
  for (const [store, count] of [
    ['north', 6],
    ['south', 6],
  ] as const) {
    mkdirSync(join(shelf.inputs, store))
    for (let i = 0; i < count; i++) {
      writeFileSync(join(shelf.inputs, store, `${store}${i}.png`), picture(i + (store === 'north' ? 0 : 20)))
    }
  }
  // all but a picture of the other store, and one that shows nothing
  writeFileSync(join(shelf.inputs, 'south', 'again.png'), picture(2, 3))
  writeFileSync(
    join(shelf.inputs, 'south', 'blank.png'),
    encode({ width, height, data: new Uint8Array(width * height).fill(9), channels: 1, depth: 8 }),
  )
  await shelf.import(join(shelf.inputs, 'north'))
  await shelf.import(join(shelf.inputs, 'south'))
  images = shelf.library
    .studies({ filter: {}, sort: 'newest', offset: 0, limit: 9 })
    .items.flatMap((study) =>
      shelf.library
        .study(study.id)
        .series.flatMap((series) =>
          shelf.library
            .seriesImages(series.id)
            .map(({ id, name }) => ({ id, name, studyId: study.id, seriesId: series.id })),
        ),
    )
  for (let i = 0; i < 6; i++) {
    draw(`north${i}.png`, i % 2 ? 'tea' : 'milk', [10, 10, 20, 20])
    draw(`south${i}.png`, i % 2 ? 'tea' : 'milk', [30, 20, 10, 10], i < 3 ? 'Li' : 'Wang')
  }
})
afterAll(() => bench.library.close())

it('asks the library by words, labels, readers and paths', () => {
  const count = (question: object) => dataSets.ask(dataSetQuestion.parse(question))
  expect(count({})).toEqual({ images: 14, annotated: 12, subjects: 2 })
  expect(count({ labels: ['tea'] }).images).toBe(6)
  expect(count({ readers: ['Wang'] }).images).toBe(3)
  expect(count({ annotated: 'no' }).images).toBe(2)
  expect(count({ path: 'SOUTH' }).images).toBe(8)
  expect(count({ search: 'north' }).images).toBe(6)
  expect(count({ modality: 'PHOTO' }).images).toBe(14)
  expect(count({ modality: 'MR' }).images).toBe(0)
  expect(dataSets.choices()).toEqual({ labels: ['milk', 'tea'], readers: ['Li', 'Wang'] })
})

it('freezes what it holds, once for the same content, and tells what became other', async () => {
  const { id } = dataSets.create({ name: 'shelves', question: everything, schemaId: null })
  expect(() => dataSets.create({ name: 'Shelves', question: everything, schemaId: null })).toThrow(
    'DUPLICATE',
  )
  const first = await dataSets.freeze(id, 'first')
  expect(first).toMatchObject({ number: 1, images: 14, annotations: 12, note: 'first' })
  expect((await dataSets.freeze(id, 'again')).number).toBe(1)
  const before = draw('blank.png', 'tea', [1, 1, 5, 5])
  dataSets.exclude(id, [imageOf('north0.png').id], 'blurred')
  const second = await dataSets.freeze(id, '')
  expect(second).toMatchObject({ number: 2, images: 13, annotations: 12 })
  expect(second.hash).not.toBe(first.hash)
  expect(await dataSets.diff(id, 1, 2)).toMatchObject({
    added: 0,
    removed: 1,
    changed: 1,
    labels: [
      { label: 'milk', before: 6, after: 5 },
      { label: 'tea', before: 6, after: 7 },
    ],
  })
  const { studyId, reader } = before
  bench.annotations.apply({
    id: randomUUID(),
    studyId,
    reader,
    kind: 'remove',
    changes: [{ before, after: null }],
  })
  dataSets.include(id, [imageOf('north0.png').id])
  expect(await dataSets.diff(id, 1, 0)).toMatchObject({ added: 0, removed: 0, changed: 0 })
  expect((await dataSets.freeze(id, '')).hash).toBe(first.hash)
})

it('finds what is wrong, and puts it right in bulk', async () => {
  const { id } = dataSets.named('shelves')
  draw('south0.png', 'tea', [60, 40, 30, 30])
  const { jobId } = dataSets.check(id)
  expect(await shelf.jobs.settled(jobId)).toMatchObject({ state: 'done', total: 14, done: 14 })
  const { items, checkedAt } = dataSets.findings(id, { offset: 0, limit: 50 })
  expect(checkedAt).not.toBeNull()
  const kinds = items.map(({ kind, imageId, otherImageId }) => [kind, imageId, otherImageId])
  expect(kinds).toContainEqual(['near-duplicate', imageOf('again.png').id, imageOf('north2.png').id])
  expect(kinds).toContainEqual(['blank', imageOf('blank.png').id, null])
  expect(kinds).toContainEqual(['outside-shape', imageOf('south0.png').id, null])
  expect(kinds.filter(([kind]) => kind === 'unlabelled')).toHaveLength(2)
  const blank = items.filter(({ kind }) => kind === 'blank').map((one) => one.id)
  dataSets.settle(id, blank, 'exclude')
  expect(dataSets.get(id)).toMatchObject({ images: 13, excluded: 1 })
  const outside = items.filter(({ kind }) => kind === 'outside-shape').map((one) => one.id)
  dataSets.settle(id, outside, 'dismiss')
  await shelf.jobs.settled(dataSets.check(id).jobId)
  const after = dataSets.findings(id, { offset: 0, limit: 50 })
  expect(after.counts.find(({ kind }) => kind === 'outside-shape')).toMatchObject({ open: 0, dismissed: 1 })
})

it('splits by store and keeps near duplicates together, or tells of leaks and refuses to export them', async () => {
  const { id } = dataSets.named('shelves')
  const { number } = await dataSets.freeze(id, '')
  const together = await dataSets.split(id, number, splitRecipe.parse({ parts: halves }))
  // the near duplicate ties the two stores to each other
  expect(together.parts.map(({ images: own }) => own).sort()).toEqual([0, 13])
  const byStore = await dataSets.split(
    id,
    number,
    splitRecipe.parse({ parts: halves, keepDuplicates: false }),
  )
  expect(byStore.parts.map(({ images: own }) => own)).toEqual([7, 6])
  expect(byStore.leaks).toMatchObject({ subjects: 0, pixels: 0, nearDuplicates: 1, unmeasured: 0 })

  const target = { kind: 'dataset' as const, name: 'shelves' }
  const folder = join(shelf.folder, 'out')
  expect(() => bench.exchange.export({ target, formats: ['coco'], folder })).toThrow('DATA_LEAK')
  dataSets.acknowledge(byStore.id)
  const { jobId } = bench.exchange.export({ target, formats: ['coco', 'yolo'], folder })
  expect(await shelf.jobs.settled(jobId)).toMatchObject({ state: 'done', failed: 0 })
  const document = JSON.parse(readFileSync(join(folder, 'coco/annotations/instances_test.json'), 'utf8'))
  expect(document.images).toHaveLength(6)
  expect(readFileSync(join(folder, 'yolo/train.txt'), 'utf8').trim().split('\n')).toHaveLength(7)
})

it('counts what it holds, with filters that find the very pictures', () => {
  const { id } = dataSets.named('shelves')
  const statistics = dataSets.statistics(id)
  expect(statistics).toMatchObject({ images: 13, annotated: 12, annotations: 13, subjects: 2 })
  for (const { name, images: own } of statistics.labels) {
    expect(dataSets.pictures(id, { label: name }, { offset: 0, limit: 99 }).total).toBe(own)
  }
  for (const { name, count } of statistics.subjectSizes) {
    expect(dataSets.pictures(id, { subject: name }, { offset: 0, limit: 99 }).total).toBe(count)
  }
  const cell = statistics.heat.indexOf(Math.max(...statistics.heat))
  expect(dataSets.pictures(id, { cell }, { offset: 0, limit: 99 }).total).toBe(statistics.heat[cell])
  expect(dataSets.statistics(id, 1)).toMatchObject({ images: 14, annotations: 12 })
})

it('queues pictures that readers disagree on', () => {
  const { id } = dataSets.named('shelves')
  draw('north3.png', 'milk', [10, 10, 20, 20], 'Wang')
  const { items } = dataSets.next(id, { strategy: 'disagreement', limit: 10 })
  expect(items[0]).toMatchObject({ imageId: imageOf('north3.png').id, worth: 1, reason: { kind: 'readers' } })
})

it('writes variants of the pictures that are learnt from, with their shapes moved along', async () => {
  const target = {
    kind: 'dataset' as const,
    name: 'shelves',
    augmentation: augmentationRecipe.parse({
      format: 'lepton-augmentation',
      formatVersion: 1,
      copies: 2,
      rotate: 20,
      flip: { horizontal: 0.5 },
      noise: 0.02,
    }),
  }
  const folder = join(shelf.folder, 'varied')
  const { jobId } = bench.exchange.export({ target, formats: ['yolo'], folder })
  expect(await shelf.jobs.settled(jobId)).toMatchObject({ state: 'done', failed: 0 })
  const lines = (part: string) =>
    readFileSync(join(folder, `yolo/${part}.txt`), 'utf8')
      .trim()
      .split('\n')
  expect([lines('train').length, lines('test').length]).toEqual([21, 6])
  const variant = lines('train').find((line) => line.endsWith('1_v2.png')) ?? ''
  expect(
    readFileSync(join(folder, 'yolo', variant))
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  const label = variant.replace('images', 'labels').replace('.png', '.txt')
  expect(readFileSync(join(folder, 'yolo', label), 'utf8')).toMatch(/^\d( 0\.\d+){4}\n/)
})
