import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LibraryBench } from './testing/bench'
import { writeDicom } from './testing/tiny-dicom'

let bench: LibraryBench
beforeEach(async () => {
  bench = new LibraryBench()
  for (const n of [1, 2]) {
    writeDicom(join(bench.inputs, `${n}.dcm`), { instance: `1.2.${n}`, number: n, position: [0, 0, n] })
  }
  writeDicom(join(bench.inputs, 'other.dcm'), {
    instance: '1.3.1',
    study: '1.3',
    series: '1.3.9',
    patient: 'PHANTOM 1',
  })
  await bench.import(bench.inputs)
})
afterEach(() => bench.close())

/** A run as scoring writes it: one lesion and one finding for each score, on the first images of the series. */
function score(seriesId: number, label: string, scores: readonly (number | null)[]): void {
  const { database } = bench
  const id = (sql: string, ...values: unknown[]) =>
    Number(database.prepare(sql).run(...values).lastInsertRowid)
  const job = id(
    "INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '', '', '')",
  )
  const run = id(
    "INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, created_at) VALUES (?, 'm', '1', '', 'cpu', 0.5, '')",
    job,
  )
  const images = bench.library.seriesImages(seriesId)
  for (const [index, value] of scores.entries()) {
    const image = images[index]?.id
    const prediction = id(
      "INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (?, ?, '', 1.0, '')",
      run,
      image,
    )
    if (value === null) continue
    const lesion = id(
      'INSERT INTO lesions (run_id, series_id, ordinal, label, first_slice, last_slice, key_slice, mean_probability, max_probability) VALUES (?, ?, ?, ?, 1, 1, 1, 0.5, 0.5)',
      run,
      seriesId,
      index,
      label,
    )
    id(
      'INSERT INTO findings (prediction_id, image_id, lesion_id, label, score, mean_probability) VALUES (?, ?, ?, ?, ?, 0.5)',
      prediction,
      image,
      lesion,
      label,
      value,
    )
  }
  bench.library.refreshOutcome([seriesId])
}

const studyOf = async (subject: string) => {
  const { items } = await bench.client.studies({})
  const study = items.find((one) => one.subject === subject)
  if (!study) throw new Error(`no study of ${subject}`)
  const { series } = await bench.client.study({ studyId: study.id })
  return { study, seriesId: series[0]?.id ?? 0 }
}

it('shows the newest run, finds its labels, and filters and sorts by it', async () => {
  const { seriesId } = await studyOf('P1')
  score(seriesId, 'tumour', [0.7, 0.9])
  expect((await studyOf('P1')).study).toMatchObject({
    scored: true,
    lesionCount: 2,
    topLabel: 'tumour',
    topScore: 0.9,
  })
  expect(await bench.client.studies({ filter: { search: 'tumour', findings: 'with' } })).toMatchObject({
    total: 1,
  })
  expect((await bench.client.studies({ sort: 'score' })).items[0]?.subject).toBe('P1')
  expect(await bench.client.overview()).toMatchObject({ withFindings: 1, withoutFindings: 0, unscored: 1 })

  score(seriesId, 'cyst', [0.6, null])
  expect((await studyOf('P1')).study).toMatchObject({ lesionCount: 1, topLabel: 'cyst', topScore: 0.6 })

  score(seriesId, 'cyst', [null, null])
  expect((await studyOf('P1')).study).toMatchObject({
    scored: true,
    lesionCount: 0,
    topLabel: null,
    topScore: null,
  })
  expect(await bench.client.overview()).toMatchObject({ withFindings: 0, withoutFindings: 1, unscored: 1 })
  expect(await bench.client.studies({ filter: { findings: 'without' } })).toMatchObject({ total: 1 })
})

it('removes a study with its runs and leaves the person’s files and other studies alone', async () => {
  const { study, seriesId } = await studyOf('P1')
  score(seriesId, 'tumour', [0.7, 0.9])
  expect(await bench.client.remove({ studyIds: [study.id, 99_999] })).toEqual({ removed: 1 })
  expect(['predictions', 'lesions', 'findings'].map((table) => bench.count(table))).toEqual([0, 0, 0])
  expect(await bench.client.overview()).toMatchObject({ studies: 1, images: 1 })
  expect(await bench.client.studies({ filter: { search: 'tumour' } })).toMatchObject({ total: 0 })
  expect((await studyOf('PHANTOM 1')).study.phantom).toBe(true)
  await expect(bench.client.study({ studyId: study.id })).rejects.toMatchObject({
    code: 'FAULT',
    data: { code: 'NOT_FOUND', remedy: expect.stringContaining('import') },
  })
  expect(await bench.import(bench.inputs)).toMatchObject({ done: 2, skipped: 1, failed: 0 })
})

it('tells listeners of every change once, and at once what stands', async () => {
  const controller = new AbortController()
  const changes = await bench.client.changes(undefined, { signal: controller.signal })
  const next = async () => {
    const { done, value } = await changes.next()
    return done ? 0 : value.revision
  }
  const first = await next()
  expect(first).toBeGreaterThan(0)
  bench.library.refreshOutcome([(await studyOf('P1')).seriesId])
  expect(await next()).toBeGreaterThan(first)
  controller.abort()
  expect((await changes.next()).done).toBe(true)
})
