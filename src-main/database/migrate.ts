import { createHash } from 'node:crypto'
import { LeptonError } from '#shared/domain/fault'
import type { Database } from './open'

export interface Migration {
  version: number
  name: string
  sql: string
}

const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex')

/**
 * Brings a database to the newest schema: each migration and its version row in one transaction. Foreign keys
 * rest meanwhile, so that a table can be made anew without its rows taking others along, and are checked before
 * each migration ends (the way of https://www.sqlite.org/lang_altertable.html#otheralter).
 * @throws DATABASE_NEWER if the database was written by a later app, DATABASE_DIVERGED if its history differs.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT',
  )
  const applied = database
    .prepare<[], { version: number; checksum: string }>(
      'SELECT version, checksum FROM schema_migrations ORDER BY version',
    )
    .all()
  refuseForeignHistory(applied, migrations)
  const record = database.prepare(
    'INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)',
  )
  const known = database.prepare<[number], { version: number }>(
    'SELECT version FROM schema_migrations WHERE version = ?',
  )
  const enforced = database.pragma('foreign_keys', { simple: true })
  database.pragma('foreign_keys = OFF')
  try {
    for (const migration of migrations.slice(applied.length)) {
      database
        .transaction(() => {
          // another process may have opened the same new library a moment before
          if (known.get(migration.version)) return
          database.exec(migration.sql)
          refuseLooseEnds(database, migration)
          record.run(migration.version, migration.name, checksum(migration.sql), new Date().toISOString())
        })
        .immediate()
    }
  } finally {
    database.pragma(`foreign_keys = ${enforced ? 'ON' : 'OFF'}`)
  }
}

function refuseLooseEnds(database: Database, { name }: Migration): void {
  const loose = database.prepare('PRAGMA foreign_key_check').all()
  if (loose.length === 0) return
  throw new LeptonError('INTERNAL', {
    expected: `no loose references after migration ${name}`,
    received: `${loose.length} of them`,
    remedy:
      'The library is unchanged. Open it with the version of Lepton Studio that made it, and report this.',
  })
}

function refuseForeignHistory(
  applied: readonly { version: number; checksum: string }[],
  migrations: readonly Migration[],
): void {
  if (applied.length > migrations.length) {
    throw new LeptonError('DATABASE_NEWER', {
      expected: `a library of schema version ${migrations.length} or older`,
      received: `version ${applied.length}`,
      remedy: 'Install the newest Lepton Studio, or choose another data folder.',
    })
  }
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index]
    if (migration && migration.version === row.version && checksum(migration.sql) === row.checksum) continue
    throw new LeptonError('DATABASE_DIVERGED', {
      expected: `migration ${migration?.version} (${migration?.name})`,
      received: `a different migration ${row.version}`,
      remedy:
        'This library was made by a different build. Choose another data folder, or open it with that build.',
    })
  }
}
