import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '#main/database/open'
import type { AnnotationChanges } from '#shared/contract/annotations'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Shape } from '#shared/domain/annotation/shape'
import { createAnnotations } from './service'
import { AnnotationBench, noModels } from './testing/bench'

let bench: AnnotationBench
beforeEach(async () => {
  bench = await new AnnotationBench().open()
})
afterEach(() => bench.close())

const box = (x: number): Shape => ({ kind: 'box', box: [x, 1, 2, 2], angle: 0 })
const stored = (): Annotation[] =>
  bench.annotations.forStudy(bench.studyId).images.flatMap(({ annotations }) => annotations)
const edit = (before: Annotation, shape: Shape, reader = 'Ada') =>
  bench.annotations.apply(bench.action('edit', [{ before, after: { ...before, shape } }], reader))

it('keeps what was drawn, with the geometry of its image', () => {
  const drawn = bench.draw(box(0), { at: 1 })
  expect(drawn).toMatchObject({ revision: 1, reader: 'Ada' })
  const { images, tags } = bench.annotations.forStudy(bench.studyId)
  expect(images.map(({ annotations }) => annotations.length)).toEqual([0, 1, 0])
  expect(images[1]).toMatchObject({ rows: 4, columns: 4, ordinal: 1, geometry: { position: [0, 0, 2] } })
  expect(tags).toEqual([])
})

it('does an action that is sent twice once', () => {
  const action = bench.action('draw', [{ before: null, after: bench.one(box(0)) }])
  bench.annotations.apply(action)
  expect(bench.annotations.apply(action).annotations).toHaveLength(1)
  expect(stored()).toHaveLength(1)
})

it('undoes and redoes without end, and forgets what was undone when something else is done', () => {
  const first = bench.draw(box(0))
  edit(first, box(1))
  const undo = () => bench.annotations.undo(bench.studyId, 'Ada')
  const redo = () => bench.annotations.redo(bench.studyId, 'Ada')
  for (let round = 0; round < 3; round += 1) {
    expect(undo()?.annotations[0]?.shape).toEqual(box(0))
    expect(undo()?.removed).toEqual([first.id])
    expect(undo()).toBeNull()
    expect(redo()?.annotations[0]?.shape).toEqual(box(0))
    expect(redo()?.annotations[0]?.shape).toEqual(box(1))
    expect(redo()).toBeNull()
  }
  undo()
  const [now] = stored()
  if (!now) throw new Error('nothing there')
  edit(now, box(2))
  expect(redo()).toBeNull()
  expect(stored()[0]?.shape).toEqual(box(2))
  const revisions = bench.annotations.history(first.id).map(({ revision }) => revision)
  expect(revisions).toEqual(Array.from({ length: revisions.length }, (_, at) => at + 1))
})

it('refuses to overwrite what another window has changed, and says who did what', () => {
  const first = bench.draw(box(0))
  edit(first, box(1), 'Grace')
  expect(() => edit(first, box(2))).toThrow(
    expect.objectContaining({
      code: 'ANNOTATION_CHANGED',
      received: expect.stringMatching(/edit by Grace/u),
    }),
  )
  expect(stored()[0]?.shape).toEqual(box(1))
  expect(() => bench.annotations.undo(bench.studyId, 'Ada')).toThrow(
    expect.objectContaining({ code: 'ANNOTATION_CHANGED' }),
  )
  bench.annotations.undo(bench.studyId, 'Grace')
  expect(bench.annotations.undo(bench.studyId, 'Ada')?.removed).toEqual([first.id])
})

it('does all of an action or nothing', () => {
  const first = bench.draw(box(0))
  const changes = [
    { before: null, after: bench.one(box(1)) },
    { before: { ...first, revision: 7 }, after: null },
  ]
  expect(() => bench.annotations.apply(bench.action('merge', changes))).toThrow(
    expect.objectContaining({ code: 'ANNOTATION_CHANGED' }),
  )
  expect(stored()).toEqual([first])
})

it.each<[string, Shape]>([
  ['an empty mask', { kind: 'mask', mask: { rows: 4, columns: 4, runs: [16] } }],
  ['a mask of another size', { kind: 'mask', mask: { rows: 2, columns: 4, runs: [0, 8] } }],
  ['runs that do not add up', { kind: 'mask', mask: { rows: 4, columns: 4, runs: [0, 8] } }],
  ['a box without extent', { kind: 'box', box: [1, 1, 0, 2], angle: 0 }],
  ['coordinates out of all measure', { kind: 'point', point: [1e9, 0] }],
])('refuses %s', (_, shape) => {
  expect(() => bench.draw(shape)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  expect(stored()).toEqual([])
})

it('takes findings over as one object, rejects them with a reason, and takes all of it back', () => {
  const mask = { rows: 4, columns: 4, runs: [0, 2, 14] }
  const { runId, findingIds } = bench.score([mask, mask, mask])
  const decide = (
    findingIds: number[],
    verdict: 'accept' | 'reject',
    note = '',
    label: string | null = null,
  ) =>
    bench.annotations.decide({
      id: crypto.randomUUID(),
      studyId: bench.studyId,
      reader: 'Ada',
      findingIds,
      verdict,
      note,
      label,
    })
  const { annotations } = decide(findingIds, 'accept')
  expect(annotations.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(new Set(annotations.map(({ objectId }) => objectId)).size).toBe(1)
  expect(annotations[0]).toMatchObject({
    shape: { kind: 'mask', mask },
    origin: { runId, modelId: 'tumour', modelVersion: '1.2.0', score: 0.9 },
  })
  decide(findingIds.slice(0, 1), 'reject', 'motion artefact')
  decide(findingIds.slice(1, 2), 'accept', '', 'cyst')
  const states = () =>
    bench.annotations.decided(bench.seriesId, runId).map(({ state, note, label }) => ({ state, note, label }))
  expect(states()).toEqual([
    { state: 'rejected', note: 'motion artefact', label: 'lesion' },
    { state: 'corrected', note: '', label: 'cyst' },
    { state: 'accepted', note: '', label: 'lesion' },
  ])
  expect(stored()).toHaveLength(2)
  for (let step = 0; step < 3; step += 1) bench.annotations.undo(bench.studyId, 'Ada')
  expect(states()).toEqual([])
})

it('takes over what was called of a whole image as a tag, under another label as well, and all of it back', () => {
  const { runId, predictionId } = bench.classify({ benign: 0.3, malignant: 0.7 })
  const decide = (verdict: 'accept' | 'reject', label: string | null = null, said = 'malignant') =>
    bench.annotations.decide({
      id: crypto.randomUUID(),
      studyId: bench.studyId,
      reader: 'Ada',
      findingIds: [],
      classes: [{ predictionId, label: said }],
      verdict,
      note: '',
      label,
    })
  const { annotations } = decide('accept')
  expect(annotations).toEqual([
    expect.objectContaining({
      imageId: bench.imageIds[0],
      label: 'malignant',
      state: 'accepted',
      shape: { kind: 'tag' },
      origin: expect.objectContaining({ runId, findingId: null, said: 'malignant', score: 0.7 }),
    }),
  ])
  expect(decide('accept').annotations).toEqual(annotations)
  decide('accept', 'benign')
  expect(stored()).toMatchObject([{ label: 'benign', state: 'corrected' }])
  expect(bench.annotations.decided(bench.seriesId, runId)).toMatchObject([
    { findingId: null, said: { imageId: bench.imageIds[0], label: 'malignant' }, label: 'benign' },
  ])
  expect(() => decide('accept', null, 'unheard')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  for (let step = 0; step < 2; step += 1) bench.annotations.undo(bench.studyId, 'Ada')
  expect(stored()).toEqual([])
})

it('shows a second window what changed, also what another process wrote', async () => {
  const watcher = new AbortController()
  const heard: AnnotationChanges[] = []
  const watching = (async () => {
    for await (const changes of bench.annotations.watch(bench.studyId, 0, watcher.signal)) heard.push(changes)
  })()
  const drawn = bench.draw(box(0))
  await expect.poll(() => heard.at(-1)?.annotations).toEqual([drawn])
  const elsewhere = openDatabase(join(bench.library.data, 'library.sqlite'))
  createAnnotations({ database: elsewhere, models: noModels }).undo(bench.studyId, 'Ada')
  await expect.poll(() => heard.at(-1)?.removed).toEqual([drawn.id])
  elsewhere.close()
  watcher.abort()
  await watching
})

it('lists by page, by image and by count', async () => {
  for (const at of [0, 0, 2]) bench.draw(box(0), { at })
  bench.draw({ kind: 'tag' }, { imageId: null, seriesId: null })
  const page = await bench.client.list({ studyId: bench.studyId, seriesId: bench.seriesId, limit: 2 })
  expect([page.total, page.items.length]).toEqual([4, 2])
  const some = await bench.client.ofImages({ studyId: bench.studyId, imageIds: bench.imageIds.slice(2) })
  expect(some.items.map(({ shape }) => shape.kind)).toEqual(['box', 'tag'])
  expect(await bench.client.counts({ seriesId: bench.seriesId })).toEqual([
    { imageId: bench.imageIds[0], annotations: 2 },
    { imageId: bench.imageIds[2], annotations: 1 },
  ])
})

it('keeps every version of a label schema and refuses to save over a newer one', () => {
  const [lesions] = bench.annotations.schemas()
  expect(lesions).toMatchObject({ id: 'lesions', version: 1 })
  const schema = bench.annotations.schema('lesions')
  const renamed = { ...schema, name: { en: 'Bones', zh: '骨' } }
  expect(bench.annotations.saveSchema(renamed).version).toBe(2)
  expect(() => bench.annotations.saveSchema(renamed)).toThrow(
    expect.objectContaining({ code: 'ANNOTATION_CHANGED' }),
  )
  expect(bench.annotations.schema('lesions', 1)).toEqual(schema)
  expect(bench.annotations.importSchema({ ...renamed, version: 9 }).version).toBe(2)
  const [first] = schema.labels
  if (!first) throw new Error('no labels')
  expect(() => bench.annotations.saveSchema({ ...schema, version: 2, labels: [first, first] })).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID' }),
  )
})
