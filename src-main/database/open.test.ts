import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from './open'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-open-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// SQLite gives up at once where a reader stands in the way of write-ahead logging
it('waits for another process that reads the new library for a moment', async () => {
  const file = join(folder, 'library.sqlite')
  const sqlite = import.meta.resolve('better-sqlite3')
  const holder = join(folder, 'holder.mjs')
  writeFileSync(
    holder,
    `import Sqlite from ${JSON.stringify(sqlite)}
     const database = new Sqlite(process.argv[2])
     database.exec('CREATE TABLE held (one INTEGER); BEGIN')
     database.prepare('SELECT * FROM held').all()
     process.send('held')
     setTimeout(() => { database.exec('ROLLBACK'); database.close(); process.disconnect() }, 400)`,
  )
  const child = fork(holder, [file])
  await once(child, 'message')
  const database = openDatabase(file)
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(database.prepare('SELECT count(*) FROM studies').pluck().get()).toBe(0)
  database.close()
})
