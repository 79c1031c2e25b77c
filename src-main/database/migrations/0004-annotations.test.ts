import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../migrate'
import { migrations } from './index'

it('opens the table of jobs to other kinds and keeps what hangs on it', () => {
  const database = new Sqlite(':memory:')
  database.pragma('foreign_keys = ON')
  migrate(database, migrations.slice(0, 3))
  database.exec(`
    INSERT INTO jobs (id, kind, state, title, request, fingerprint, created_at)
      VALUES (1, 'import', 'done', 'folder', '{}', 'f', '2025-01-01');
    INSERT INTO job_items (job_id, ordinal, path) VALUES (1, 0, 'a.dcm');`)
  migrate(database, migrations)
  database.exec(`INSERT INTO jobs (kind, state, title, request, fingerprint, created_at)
    VALUES ('export', 'waiting', 'study', '{}', 'g', '2025-01-01')`)
  expect(database.prepare('SELECT count(*) FROM job_items').pluck().get()).toBe(1)
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
  database.exec('DELETE FROM jobs WHERE id = 1')
  expect(database.prepare('SELECT count(*) FROM job_items').pluck().get()).toBe(0)
  database.close()
})
