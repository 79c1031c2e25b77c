import { userInfo } from 'node:os'
import type { Database } from '#main/database/open'
import { type Settings, type SettingsChange, settings } from '#shared/contract/system'

/** What a person chose, kept in the library's database. */
export class SettingsStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** What holds now; without a reader's name, the operating system's user is meant. */
  read(): Settings {
    const chosen = this.#chosen()
    return { ...chosen, reader: chosen.reader || userName() }
  }

  /** A value that cannot be read any more counts as not chosen. */
  #chosen(): Settings {
    const rows = this.#database
      .prepare<[], { key: string; value: string }>('SELECT key, value FROM settings')
      .all()
    const chosen = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]))
    const parsed = settings.safeParse(chosen)
    if (parsed.success) return parsed.data
    const broken = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    return settings.parse(Object.fromEntries(Object.entries(chosen).filter(([key]) => !broken.has(key))))
  }

  save(changes: SettingsChange): Settings {
    const write = this.#database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
    this.#database
      .transaction(() => {
        for (const [key, value] of Object.entries(changes)) {
          if (value !== undefined) write.run(key, JSON.stringify(value))
        }
      })
      .immediate()
    return this.read()
  }
}

function userName(): string {
  try {
    return userInfo().username || 'reader'
  } catch {
    // an account without a name, as containers have them
    return 'reader'
  }
}
