import type { Database } from '#main/database/open'
import { type Precision, precision } from '#shared/domain/model-manifest/files'
import { type ModelManifest, modelManifest } from '#shared/domain/model-manifest/index'
import { ActivationHistory } from './history'
import type { ModelPackage } from './package'

interface Row {
  id: string
  version: string
  precision: string | null
  installed_at: string
}

/** What the library remembers of the packages it met. */
export class ModelStore {
  readonly history: ActivationHistory
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    this.history = new ActivationHistory(database)
  }

  /**
   * Writes down the packages that are there and marks those that are gone. What came with the app is put into use
   * when it is first met: in place of the version in use, unless a person wants none; others wait for a person.
   */
  sync(packages: readonly ModelPackage[]): void {
    this.#database
      .transaction(() => {
        const met = new Set(this.#rows().map(nameOf))
        const here = new Set(packages.map(({ manifest }) => nameOf(manifest)))
        for (const row of this.#rows()) if (!here.has(nameOf(row))) this.#markRemoved(row)
        const oldestFirst = [...packages].sort((a, b) => byVersion(a.manifest, b.manifest))
        for (const model of oldestFirst) {
          this.#write(model)
          if (model.bundled && !met.has(nameOf(model.manifest))) this.#putIntoUse(model.manifest)
        }
      })
      .immediate()
  }

  /** The weights a person prefers; null where none were chosen. */
  precision(id: string, version: string): Precision | null {
    const stated = this.#row(id, version)?.precision ?? null
    return stated === null ? null : precision.parse(stated)
  }

  setPrecision(id: string, version: string, wanted: Precision | null): void {
    this.#database
      .prepare('UPDATE models SET precision = ? WHERE id = ? AND version = ?')
      .run(wanted, id, version)
  }

  /** ISO time at which a package was first met; empty for one that never was. */
  installedAt(id: string, version: string): string {
    return this.#row(id, version)?.installed_at ?? ''
  }

  /** Manifests of packages that were here once, as far as this app can read what they said. */
  removed(): ModelManifest[] {
    return this.#database
      .prepare<[], { manifest: string }>('SELECT manifest FROM models WHERE removed_at IS NOT NULL')
      .all()
      .flatMap(({ manifest }) => {
        const read = modelManifest.safeParse(JSON.parse(manifest))
        return read.success ? [read.data] : []
      })
  }

  #putIntoUse({ id, version }: ModelManifest): void {
    const now = this.history.chosenBy(id)
    if (now?.chosenBy === 'person' && now.version === null) return
    this.history.activate(id, version, now?.chosenBy ?? 'app')
  }

  #rows(): Row[] {
    return this.#database
      .prepare<[], Row>('SELECT id, version, precision, installed_at FROM models WHERE removed_at IS NULL')
      .all()
  }

  #row(id: string, version: string): Row | undefined {
    return this.#rows().find((row) => row.id === id && row.version === version)
  }

  #markRemoved({ id, version }: Row): void {
    const change = (sql: string, ...values: string[]) =>
      this.#database.prepare(sql).run(...values, id, version)
    change(
      'UPDATE models SET removed_at = ?, precision = NULL WHERE id = ? AND version = ?',
      new Date().toISOString(),
    )
    change('DELETE FROM trials WHERE model_id = ? AND model_version = ?')
    this.history.forget(id, version)
  }

  #write({ manifest, folder, bundled }: ModelPackage): void {
    this.#database
      .prepare(
        `INSERT INTO models (id, version, bundled, folder, manifest, installed_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id, version) DO UPDATE SET bundled = excluded.bundled, folder = excluded.folder,
           manifest = excluded.manifest, removed_at = NULL,
           installed_at = iif(removed_at IS NULL, installed_at, excluded.installed_at)
         WHERE folder <> excluded.folder OR manifest <> excluded.manifest OR bundled <> excluded.bundled
           OR removed_at IS NOT NULL`,
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

const nameOf = ({ id, version }: { id: string; version: string }) => `${id}@${version}`

/** Oldest first. */
export function byVersion(a: { version: string }, b: { version: string }): number {
  return a.version.localeCompare(b.version, 'en', { numeric: true })
}
