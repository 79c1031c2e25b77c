import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#main/database/open'
import { createDataSets } from '#main/datasets/service'
import { createJobs } from '#main/jobs/service'
import { createImageVectors } from '#main/similarity/near/image-vectors'
import { createNearPictures } from '#main/similarity/near/near-pictures'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { splitRecipe } from '#shared/domain/data-set/split'
import { LeptonError } from '#shared/domain/fault'
import { modelManifest } from '#shared/domain/model-manifest/index'

/**
 * What a data set of many pictures costs, over a library of rows made here: two boxes a picture, 50 stores, a vector and
 * a prediction each. Argument: pictures.
 */
export default async function benchDataSets([many = '10000']: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  const database = openDatabase(join(folder, 'library.sqlite'))
  const jobs = createJobs(database)
  const manifest = join(import.meta.dirname, '../models/visual-embedding/manifest.json')
  const bundled = modelManifest.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  const unused = () => {
    throw new LeptonError('INTERNAL', { received: 'not part of this bench' })
  }
  // vectors of the model that near duplicates are told by, as a run of it leaves them
  const models = { find: () => bundled, source: unused, providerFor: unused }
  const vectors = createImageVectors({
    database,
    engine: { score: unused },
    models,
    library: { imageSource: unused },
    preferredProvider: () => 'cpu',
  })
  const near = createNearPictures({ database, models, vectors })
  const sets = createDataSets({
    database,
    jobs,
    engine: { traits: unused },
    library: { studyIds: unused, imageSource: unused },
    models: { knownLabels: () => [] },
    annotations: { schemas: () => [], schema: unused },
    near,
  })
  console.log(`${many} pictures; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
  try {
    fill(database, Number(many))
    await timed('create and count', async () => {
      sets.create({ name: 'bench', question: dataSetQuestion.parse({}), schemaId: null })
    })
    const { id } = sets.named('bench')
    const page = { offset: 0, limit: 120 }
    await timed('list', async () => sets.list())
    await timed('first page of pictures', async () => sets.pictures(id, {}, page))
    await timed('page behind a bar', async () => sets.pictures(id, { label: 'label-3' }, page))
    await timed('statistics', async () => sets.statistics(id))
    await timed('freeze', async () => sets.freeze(id, ''))
    await timed('difference to now', async () => sets.diff(id, 1, 0))
    const recipe = splitRecipe.parse({ parts: { folds: 5 } })
    await timed('split in 5 folds with every pair of pictures compared', async () =>
      sets.split(id, 1, recipe),
    )
    await timed('queue', async () => sets.next(id, { strategy: 'mixed', limit: 200 }))
  } finally {
    await jobs.close()
    database.close()
    rmSync(folder, { recursive: true })
  }
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await work()
  console.log(`${what.padEnd(56)} ${Math.round(performance.now() - start)} ms`)
}

function fill(database: ReturnType<typeof openDatabase>, many: number): void {
  const now = new Date().toISOString()
  const header = JSON.stringify({ subject: { age: null } })
  const statement = (sql: string) => database.prepare(sql)
  database.transaction(() => {
    for (let store = 1; store <= 50; store++) {
      statement("INSERT INTO subjects (id, kind, key, label, created_at) VALUES (?, 'store', ?, ?, ?)").run(
        store,
        `s${store}`,
        `Store ${store}`,
        now,
      )
      statement(
        "INSERT INTO studies (id, subject_id, kind, key, subject_label, created_at) VALUES (?, ?, 'audit', ?, ?, ?)",
      ).run(store, store, `a${store}`, `Store ${store}`, now)
      statement(
        "INSERT INTO series (id, study_id, key, modality, created_at) VALUES (?, ?, ?, 'PHOTO', ?)",
      ).run(store, store, `p${store}`, now)
    }
    statement(
      "INSERT INTO jobs (id, kind, state, title, request, fingerprint, created_at) VALUES (1, 'score', 'done', '', '{}', '', ?)",
    ).run(now)
    statement(
      "INSERT INTO runs (id, job_id, model_id, model_version, model_sha256, provider, threshold, created_at) VALUES (1, 1, 'visual-embedding', '1.0.0', '', 'cpu', 0.5, ?)",
    ).run(now)
    const instance =
      statement(`INSERT INTO instances (id, series_id, key, path, shown_path, size_bytes, modified_ms, sha256, format, rows, columns, frames,
      photometric, samples, header, created_at) VALUES (?, ?, ?, ?, ?, 1, 1, ?, 'jpeg', 1080, 1920, 1, 'RGB', 3, ?, ?)`)
    const image = statement(
      'INSERT INTO images (id, instance_id, series_id, frame, ordinal) VALUES (?, ?, ?, 0, ?)',
    )
    const annotation =
      statement(`INSERT INTO annotations (id, study_id, series_id, image_id, object_id, reader, label, kind, state, revision, body, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, 'Li', ?, 'box', 'drawn', 1, ?, ?, ?)`)
    const traits = statement('INSERT INTO image_traits VALUES (?, ?, ?, 120, 50, 500, 0, 0)')
    const prediction = statement(
      "INSERT INTO predictions (id, run_id, image_id, sha256, milliseconds, created_at) VALUES (?, 1, ?, '', 1, ?)",
    )
    const embedding = statement('INSERT INTO embeddings VALUES (?, 128, ?)')
    for (let i = 1; i <= many; i++) {
      const store = 1 + (i % 50)
      const hash = i.toString(16).padStart(64, '0')
      instance.run(i, store, `sha256:${hash}`, `/p/${i}.jpg`, `/p/${i}.jpg`, hash, header, now)
      image.run(i, i, store, i)
      traits.run(i, hash, randomBytes(32))
      prediction.run(i, i, now)
      embedding.run(i, Buffer.from(Float32Array.from({ length: 128 }, () => Math.random() - 0.5).buffer))
      // half of them are labelled
      for (let box = 0; box < (i % 2) * 4; box++) {
        const id = randomUUID()
        const label = `label-${(i + box) % 24}`
        const shape = { kind: 'box', box: [(i * 37) % 1500, (i * 53) % 800, 120, 90], angle: 0 }
        const body = {
          id,
          studyId: store,
          seriesId: store,
          imageId: i,
          objectId: id,
          reader: 'Li',
          label,
          shape,
          attributes: {},
          state: 'drawn',
          origin: null,
          note: '',
          revision: 1,
          createdAt: now,
          updatedAt: now,
        }
        annotation.run(id, store, store, i, id, label, JSON.stringify(body), now, now)
      }
    }
  })()
}
