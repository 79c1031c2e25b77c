import type { Database } from '#main/database/open'
import type { ModelPackage } from './package'

const key = (id: string, version: string) => `${id}@${version}`

/** The models table: which packages were met, and which version of each is active. */
export class ModelStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Writes down the packages that are there and forgets those that are gone. A version that was never met
   * before becomes the active one, the newest last.
   */
  sync(packages: readonly ModelPackage[]): void {
    this.#database
      .transaction(() => {
        const met = new Set(this.#rows().map((row) => key(row.id, row.version)))
        const here = new Set(packages.map(({ manifest }) => key(manifest.id, manifest.version)))
        for (const row of this.#rows()) if (!here.has(key(row.id, row.version))) this.#forget(row)
        const oldestFirst = [...packages].sort((a, b) =>
          a.manifest.version.localeCompare(b.manifest.version, 'en', { numeric: true }),
        )
        for (const model of oldestFirst) {
          this.#write(model)
          const { id, version } = model.manifest
          if (!met.has(key(id, version))) this.setActive(id, version, true)
        }
      })
      .immediate()
  }

  /** Names (`id@version`) of the active versions. */
  active(): Set<string> {
    return new Set(
      this.#rows()
        .filter((row) => row.active === 1)
        .map((row) => key(row.id, row.version)),
    )
  }

  setActive(id: string, version: string, active: boolean): void {
    this.#database
      .transaction(() => {
        if (active) this.#database.prepare('UPDATE models SET active = 0 WHERE id = ?').run(id)
        this.#database
          .prepare('UPDATE models SET active = ? WHERE id = ? AND version = ?')
          .run(active ? 1 : 0, id, version)
      })
      .immediate()
  }

  #rows(): { id: string; version: string; active: number }[] {
    return this.#database
      .prepare<[], { id: string; version: string; active: number }>('SELECT id, version, active FROM models')
      .all()
  }

  #forget({ id, version }: { id: string; version: string }): void {
    this.#database.prepare('DELETE FROM models WHERE id = ? AND version = ?').run(id, version)
  }

  #write({ manifest, folder, bundled }: ModelPackage): void {
    this.#database
      .prepare(
        `INSERT INTO models (id, version, bundled, folder, manifest, installed_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id, version) DO UPDATE SET
           bundled = excluded.bundled, folder = excluded.folder, manifest = excluded.manifest
         WHERE folder <> excluded.folder OR manifest <> excluded.manifest OR bundled <> excluded.bundled`,
      )
      .run(
        manifest.id,
        manifest.version,
        bundled ? 1 : 0,
        folder,
        JSON.stringify(manifest),
        new Date().toISOString(),
      )
  }
}
