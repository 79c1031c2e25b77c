import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../migrate'
import { migrations } from './index'

it('keeps which versions were in use, and which models a person had switched off', () => {
  const database = new Sqlite(':memory:')
  database.pragma('foreign_keys = ON')
  migrate(database, migrations.slice(0, 2))
  const insert = database.prepare(
    `INSERT INTO models (id, version, active, bundled, folder, manifest, installed_at)
     VALUES (?, ?, ?, 1, 'folder', '{}', '2025-01-01')`,
  )
  insert.run('used', '1.0.0', 0)
  insert.run('used', '2.0.0', 1)
  insert.run('off', '1.0.0', 0)
  database.exec(
    `INSERT INTO trials (model_id, model_version, provider, machine, model_sha256, passed, tested_at)
     VALUES ('used', '2.0.0', 'cpu', 'this', 'hash', 1, '2025-01-01')`,
  )
  migrate(database, migrations)
  expect(
    database.prepare('SELECT model_id, version, chosen_by FROM activations ORDER BY id').raw().all(),
  ).toEqual([
    ['used', '2.0.0', 'app'],
    ['off', null, 'person'],
  ])
  expect(database.prepare('SELECT count(*) FROM models WHERE removed_at IS NULL').pluck().get()).toBe(3)
  expect(database.prepare('SELECT count(*) FROM trials').pluck().get()).toBe(0)
  database.close()
})
