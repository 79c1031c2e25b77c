import type { Database } from '#main/database/open'
import { type IntakeSettings, intakeSettings } from '#shared/contract/sources'

const KEY = 'intake'

/** What a person set for receiving and watching; everything is off until then. */
export class IntakeStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  read(): IntakeSettings {
    const value = this.#database
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(KEY)
    const parsed = intakeSettings.safeParse(value === undefined ? {} : JSON.parse(value))
    return parsed.success ? parsed.data : intakeSettings.parse({})
  }

  write(settings: IntakeSettings): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
      .run(KEY, JSON.stringify(settings))
  }
}
