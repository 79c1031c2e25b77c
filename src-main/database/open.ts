import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { migrate } from './migrate'
import { migrations } from './migrations'
import { PATIENCE, patiently } from './patiently'

export type Database = Sqlite.Database

/** Opens, and if need be makes or migrates, the library's database: WAL, foreign keys, every commit on disk. */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true })
  const database = new Sqlite(file, { timeout: PATIENCE })
  try {
    patiently(() => database.pragma('journal_mode = WAL'))
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('cache_size = -65536')
    patiently(() => migrate(database, migrations))
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/**
 * Runs work whose loss costs only computer time (an index that can be read again, a prediction that can be
 * made again) without waiting for the disk; what a person did is never written this way.
 */
export function withoutWaitingForDisk<T>(database: Database, work: () => T): T {
  database.pragma('synchronous = NORMAL')
  try {
    return work()
  } finally {
    database.pragma('synchronous = FULL')
  }
}
