import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase, withoutWaitingForDisk } from '#main/database/open'
import { overviewOf } from '#main/library/lists/overview'
import { seriesImagesOf } from '#main/library/lists/series-images'
import { studyDetailOf } from '#main/library/lists/study-card'
import { StudyList } from '#main/library/lists/study-list'
import { StudyFigures } from '#main/library/study-figures'
import type { StudySort } from '#main/library/types'
import type { StudyFilter } from '#shared/contract/library'

const images = 100_000
const rounds = 40

const names = [
  'Doe Jane',
  '王小明',
  'García Núñez María',
  'Kowalski Jan',
  '李娜',
  'Smith John',
  'Ōno Hana',
  '欧阳修',
]
const parts = ['Thigh', 'Knee', 'Chest', 'Breast', 'Abdomen']
const modalities = ['MR', 'CT', 'US', 'PHOTO']

/** Times the library at 100,000 images, once as 2,000 studies and once as 100,000, and prints p50 and p95. */
export default function benchLibrary(): void {
  for (const studies of [2_000, 100_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
    try {
      bench(join(folder, 'library.sqlite'), studies)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function bench(file: string, studies: number): void {
  const made = openDatabase(file)
  const start = performance.now()
  fill(made, studies)
  made.close()
  const megabytes = (statSync(file).size / 2 ** 20).toFixed(0)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`\n${images} images in ${studies} studies (${megabytes} MB, made in ${seconds} s)`)

  time('open the library and list', () => {
    const database = openDatabase(file)
    list(database, {}, 'newest', 0)
    database.close()
  })
  const database = openDatabase(file)
  time('overview', () => overviewOf(database))
  for (const sort of ['newest', 'oldest', 'subject', 'score'] as const) {
    time(`first page, ${sort}`, () => list(database, {}, sort, 0))
    time(`page in the middle, ${sort}`, () => list(database, {}, sort, studies / 2))
    time(`filter MR with findings, ${sort}`, () =>
      list(database, { modality: 'MR', findings: 'with' }, sort, 0),
    )
    time(`filter unscored, ${sort}`, () => list(database, { findings: 'unscored' }, sort, 0))
    time(`filter MR, far page, ${sort}`, () => list(database, { modality: 'MR' }, sort, studies / 8))
    for (const search of ['d', 'thigh', '小明', 'SUB_00012', 'tumour mr', 'zzz']) {
      time(`search "${search}", ${sort}`, () => list(database, { search }, sort, 0))
    }
    time(`search and filter, ${sort}`, () => list(database, { search: 'jane', modality: 'CT' }, sort, 0))
  }
  time('open a study', (round) => {
    const { series } = studyDetailOf(database, 1 + ((round * 997) % studies))
    if (series[0]) seriesImagesOf(database, series[0].id)
  })
  database.close()
}

/** Every call asks as if the library had just changed, so that nothing found before is used again. */
const list = (database: Database, filter: StudyFilter, sort: StudySort, offset: number) =>
  new StudyList(database, () => 1).page({ filter, sort, offset: Math.floor(offset), limit: 100 })

function time(what: string, work: (round: number) => void): void {
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now()
    work(round)
    return performance.now() - start
  }).sort((left, right) => left - right)
  const at = (share: number) => (times[Math.ceil(share * rounds) - 1] ?? 0).toFixed(1).padStart(7)
  console.log(`${what.padEnd(44)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms`)
}

/** A library as imports and scoring leave it, with a quarter of the studies scored and every eighth with findings. */
function fill(database: Database, studies: number): void {
  const now = new Date().toISOString()
  const insert = (sql: string) => {
    const statement = database.prepare(sql)
    return (...values: unknown[]) => Number(statement.run(...values).lastInsertRowid)
  }
  const subject = insert(
    `INSERT INTO subjects (kind, key, label, name, created_at) VALUES ('patient', ?, ?, ?, '${now}')`,
  )
  const study = insert(
    `INSERT INTO studies (subject_id, subject_label, kind, key, date, description, accession, created_at) VALUES (?, ?, 'examination', ?, ?, ?, ?, '${now}')`,
  )
  const modality = insert('INSERT INTO study_modalities (modality, study_id) VALUES (?, ?)')
  const series = insert(
    `INSERT INTO series (study_id, key, description, modality, settled, scored, image_count, cover_image_id, created_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?, '${now}')`,
  )
  const instance = insert(
    `INSERT INTO instances (series_id, key, path, shown_path, size_bytes, modified_ms, format, rows, columns, frames, photometric, samples, header, created_at)
     VALUES (?, ?, ?, ?, 500000, 1, 'dicom', 512, 512, 1, 'MONOCHROME2', 1, '${JSON.stringify({ pad: 'x'.repeat(1200) })}', '${now}')`,
  )
  const image = insert(
    'INSERT INTO images (instance_id, series_id, frame, ordinal, geometry) VALUES (?, ?, 0, ?, ?)',
  )
  insert(
    `INSERT INTO jobs (id, kind, state, title, request, fingerprint, created_at) VALUES (1, 'score', 'done', '', '', '', '${now}')`,
  )()
  insert(
    `INSERT INTO runs (id, job_id, model_id, model_version, model_sha256, provider, threshold, created_at) VALUES (1, 1, 'm', '1', '', 'cpu', 0.5, '${now}')`,
  )()
  const prediction = insert(
    `INSERT INTO predictions (run_id, image_id, sha256, milliseconds, created_at) VALUES (1, ?, '', 1.0, '${now}')`,
  )
  const finding = insert(
    "INSERT INTO findings (prediction_id, image_id, label, score, mean_probability) VALUES (?, ?, 'tumour', ?, 0.5)",
  )
  const pick = <T>(list: readonly T[], index: number) => list[index % list.length]
  const figures = new StudyFigures(database)
  const slices = images / studies

  const fillSome = database.transaction((from: number, to: number) => {
    for (let n = from; n < to; n += 1) {
      const id = `SUB_${String(n).padStart(6, '0')}`
      const date = `20${10 + (n % 15)}-0${1 + (n % 9)}-1${n % 10}`
      const kind = pick(modalities, n)
      const subjectId = subject(id, id, pick(names, n))
      const studyId = study(subjectId, id, `study:${n}`, date, `${kind} ${pick(parts, n)}`, `A${n}`)
      modality(kind, studyId)
      const scored = n % 4 === 0 ? 1 : 0
      const seriesId = series(studyId, `series:${n}`, `${pick(parts, n)} T1`, kind, scored, slices, null)
      for (let slice = 0; slice < slices; slice += 1) {
        const path = `/archive/${id}/${slice}.dcm`
        const geometry = `{"position":[0,0,${slice}],"orientation":[1,0,0,0,1,0],"spacing":[1,1],"spacingSource":"PixelSpacing","thickness":3}`
        const imageId = image(instance(seriesId, path, path, path), seriesId, slice, geometry)
        const predictionId = scored ? prediction(imageId) : 0
        if (scored && n % 8 === 0 && slice === 0) finding(predictionId, imageId, (n % 100) / 100)
      }
      figures.refresh(studyId)
    }
  })
  withoutWaitingForDisk(database, () => {
    for (let from = 0; from < studies; from += 1000) fillSome(from, Math.min(studies, from + 1000))
  })
}
