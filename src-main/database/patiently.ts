import Sqlite from 'better-sqlite3'

/** Milliseconds for which another process is waited for. */
export const PATIENCE = 10_000
const PAUSE = 20

/**
 * Tries again for a while what another process stands in the way of: two that make the same library at one moment
 * lock each other out for a blink in which SQLite itself does not wait.
 */
export function patiently(work: () => void, patience = PATIENCE): void {
  const until = Date.now() + patience
  for (;;) {
    try {
      work()
      return
    } catch (error) {
      const busy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!busy || Date.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
    }
  }
}
