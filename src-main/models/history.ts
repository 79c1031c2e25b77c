import type { Database } from '#main/database/open'

/** Who put a version into use. */
export type ChosenBy = 'app' | 'person'

interface Row {
  id: number
  model_id: string
  version: string | null
  chosen_by: ChosenBy
}

const ROWS = 'SELECT id, model_id, version, chosen_by FROM activations'

/** What was in use of each model, step by step. */
export class ActivationHistory {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** The version in use of each id, those that lead the choice of a model first. */
  active(): Map<string, string> {
    const rows = this.#database
      .prepare<[], Row>(`${ROWS} ORDER BY (chosen_by = 'person') DESC, id DESC`)
      .all()
    const last = new Map<string, Row>()
    for (const row of rows) if ((last.get(row.model_id)?.id ?? 0) < row.id) last.set(row.model_id, row)
    return new Map(
      rows
        .filter((row) => row.version !== null && last.get(row.model_id)?.id === row.id)
        .map((row) => [row.model_id, row.version ?? '']),
    )
  }

  /** Puts a version into use, or none; who chose is remembered, for a person's choice goes first. */
  activate(modelId: string, version: string | null, chosenBy: ChosenBy): void {
    const [now] = this.#of(modelId)
    if (now && now.version === version) this.#drop(now)
    this.#database
      .prepare('INSERT INTO activations (model_id, version, chosen_by, activated_at) VALUES (?, ?, ?, ?)')
      .run(modelId, version, chosenBy, new Date().toISOString())
  }

  /** The step before the present one; null where there is none. */
  previous(modelId: string): { version: string | null } | null {
    const [now, ...earlier] = this.#of(modelId)
    const before = earlier.find((row) => row.version !== now?.version)
    return before ? { version: before.version } : null
  }

  /** Goes one step back; false where there is nothing to go back to. */
  rollBack(modelId: string): boolean {
    const [now, ...earlier] = this.#of(modelId)
    const before = earlier.findIndex((row) => row.version !== now?.version)
    if (!now || before < 0) return false
    for (const row of [now, ...earlier.slice(0, before)]) this.#drop(row)
    return true
  }

  /** Who put the present version of an id into use; null where it never was in use. */
  chosenBy(modelId: string): { version: string | null; chosenBy: ChosenBy } | null {
    const [now] = this.#of(modelId)
    return now ? { version: now.version, chosenBy: now.chosen_by } : null
  }

  /** Takes every step to a version away, as if it had never been; the one before is in use again. */
  forget(modelId: string, version: string): void {
    this.#database.prepare('DELETE FROM activations WHERE model_id = ? AND version = ?').run(modelId, version)
  }

  #of(modelId: string): Row[] {
    return this.#database.prepare<[string], Row>(`${ROWS} WHERE model_id = ? ORDER BY id DESC`).all(modelId)
  }

  #drop({ id }: Row): void {
    this.#database.prepare('DELETE FROM activations WHERE id = ?').run(id)
  }
}
