import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { patiently } from './patiently'

/** Fails so many times as SQLite does where another process stands in the way. */
function locked(times: number, code = 'SQLITE_BUSY') {
  const tries = { made: 0 }
  const work = () => {
    tries.made++
    if (tries.made <= times) throw new Sqlite.SqliteError('database is locked', code)
  }
  return { tries, work }
}

it('tries again while another process stands in the way', () => {
  const { tries, work } = locked(2)
  patiently(work)
  expect(tries.made).toBe(3)
})

it('does not wait for ever, nor for anything else', () => {
  const busy = locked(Number.POSITIVE_INFINITY, 'SQLITE_BUSY_SNAPSHOT')
  expect(() => patiently(busy.work, 50)).toThrow('database is locked')
  expect(busy.tries.made).toBeGreaterThan(1)
  const full = locked(1, 'SQLITE_FULL')
  expect(() => patiently(full.work)).toThrow('database is locked')
  expect(full.tries.made).toBe(1)
})
