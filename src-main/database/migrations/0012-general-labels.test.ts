import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../migrate'
import { migrations } from './index'

it('takes the label of any object from the manifests of models that have run', () => {
  const database = new Sqlite(':memory:')
  migrate(database, migrations.slice(0, 11))
  const manifests = {
    detector: { outputs: [{ decode: 'boxes', agnostic: { label: 'product' } }] },
    classifier: { outputs: [{ decode: 'softmax' }] },
    odd: {},
  }
  database.exec(
    "INSERT INTO jobs (kind, state, title, request, fingerprint, created_at) VALUES ('score', 'done', '', '{}', '', '')",
  )
  const model = database.prepare(
    "INSERT INTO models (id, version, bundled, folder, manifest, installed_at) VALUES (?, '1.0.0', 1, '', ?, '')",
  )
  const run = database.prepare(
    `INSERT INTO runs (job_id, model_id, model_version, model_sha256, provider, threshold, task, places, created_at)
     VALUES (1, ?, '1.0.0', '', 'cpu', 0.5, 'detection', 1, '')`,
  )
  for (const [id, manifest] of Object.entries(manifests)) {
    model.run(id, JSON.stringify(manifest))
    run.run(id)
  }
  migrate(database, migrations)
  expect(database.prepare('SELECT model_id, general_label FROM runs ORDER BY id').raw().all()).toEqual([
    ['detector', 'product'],
    ['classifier', null],
    ['odd', null],
  ])
  database.close()
})
