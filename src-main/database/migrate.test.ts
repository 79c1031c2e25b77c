import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Migration, migrate } from './migrate'
import { migrations } from './migrations'
import { openDatabase, withoutWaitingForDisk } from './open'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-database-'))
  file = join(folder, 'sub', 'library.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const first: Migration = { version: 1, name: 'first', sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT' }
const second: Migration = {
  version: 2,
  name: 'second',
  sql: 'CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT',
}
const broken: Migration = {
  version: 2,
  name: 'broken',
  sql: 'CREATE TABLE b (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)',
}
const tables = (database: Sqlite.Database) =>
  database
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND length(name) = 1 ORDER BY name",
    )
    .pluck()
    .all()

describe('openDatabase', () => {
  it('keeps what is committed, in WAL, with foreign keys', () => {
    const database = openDatabase(file)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    withoutWaitingForDisk(database, () => expect(database.pragma('synchronous', { simple: true })).toBe(1))
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    expect(() => database.prepare("INSERT INTO study_modalities VALUES ('MR', 9)").run()).toThrow(
      /FOREIGN KEY/,
    )
    database.close()
  })

  it('waits for the disk again after work that failed', () => {
    const database = openDatabase(file)
    expect(() =>
      withoutWaitingForDisk(database, () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
    database.close()
  })

  it('has run every migration, in order, once, and passes the checks of SQLite', () => {
    openDatabase(file).close()
    const database = openDatabase(file)
    const rows = database.prepare('SELECT version, name FROM schema_migrations ORDER BY version').all()
    expect(rows).toEqual(migrations.map(({ version, name }) => ({ version, name })))
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    database.close()
  })

  it('has an index for every foreign key, so that removing never scans', () => {
    const database = openDatabase(file)
    const missing = database
      .prepare(
        `SELECT m.name AS child, f."from" AS field FROM sqlite_master m, pragma_foreign_key_list(m.name) f
         WHERE m.type = 'table' AND f.seq = 0 AND NOT EXISTS (
           SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i
           WHERE i.seqno = 0 AND i.name = f."from")
         AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.pk = 1 AND c.name = f."from")`,
      )
      .all()
    expect(missing).toEqual([])
    database.close()
  })
})

describe('migrate', () => {
  it('brings an older library up and leaves a current one alone', () => {
    const database = new Sqlite(':memory:')
    migrate(database, [first])
    expect(tables(database)).toEqual(['a'])
    migrate(database, [first, second])
    migrate(database, [first, second])
    expect(tables(database)).toEqual(['a', 'b'])
  })

  it('undoes a migration that fails and keeps those before it', () => {
    const database = new Sqlite(':memory:')
    expect(() => migrate(database, [first, broken])).toThrow(/nowhere/)
    expect(tables(database)).toEqual(['a'])
    migrate(database, [first, second])
    expect(tables(database)).toEqual(['a', 'b'])
  })

  it('refuses a newer and a diverged history', () => {
    const database = new Sqlite(':memory:')
    migrate(database, [first, second])
    expect(() => migrate(database, [first])).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER' }))
    expect(() => migrate(database, [first, { ...second, sql: 'SELECT 1' }])).toThrow(
      expect.objectContaining({ code: 'DATABASE_DIVERGED' }),
    )
  })

  it('goes on from what a kill in the midst of a migration leaves on the disk', () => {
    const database = openDatabase(file)
    database.exec('DROP TABLE schema_migrations')
    const left = join(folder, 'left.sqlite')
    database.function('power_cut', () => {
      for (const part of ['', '-wal']) copyFileSync(file + part, left + part)
      return null
    })
    const cut = { ...second, sql: `${second.sql}; INSERT INTO b VALUES (1); SELECT power_cut()` }
    migrate(database, [first, cut])
    database.close()

    const survivor = new Sqlite(left)
    expect(tables(survivor)).toEqual(['a'])
    migrate(survivor, [first, second])
    expect(tables(survivor)).toEqual(['a', 'b'])
    expect(survivor.pragma('integrity_check', { simple: true })).toBe('ok')
    survivor.close()
  })
})
