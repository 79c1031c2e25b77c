import { statSync } from 'node:fs'
import type { Database } from '#main/database/open'
import { LeptonError } from '#shared/domain/fault'
import { type InstanceRow, InstanceRows } from './instance-rows'
import { type KnownFile, KnownFiles } from './known-files'
import type { ReadFile } from './recorder'

/** Makes room where a file was overwritten, so that nothing is shown that was found in its former bytes. */
export class Replacement {
  readonly #instances
  readonly #files
  #freed: string[] = []

  constructor(database: Database) {
    this.#instances = new InstanceRows(database)
    this.#files = new KnownFiles(database)
  }

  /**
   * The former bytes live on where an unchanged copy of them is known. Otherwise the instance goes with its
   * thumbnails and predictions, and copies that cannot stand in for it fail until they are read again.
   */
  of(former: InstanceRow, { foundAs }: ReadFile): void {
    const others = this.#files.showing(former.id).filter(({ path }) => path !== foundAs)
    const heir = others.find(isThereUnchanged)
    if (heir) {
      const { path, sizeBytes, modifiedMs } = heir
      this.#instances.moveTo(former.id, {
        path,
        shownPath: path,
        owned: false,
        sizeBytes,
        modifiedMs,
        sha256: null,
      })
      this.#files.becomeImage(path)
    } else {
      for (const { path } of others) this.#files.orphan(path, readAgain(former.shown_path))
      this.#instances.remove(former.id)
    }
    if (former.owned) this.#freed.push(former.path)
  }

  takeFreed(): string[] {
    const freed = this.#freed
    this.#freed = []
    return freed
  }
}

function isThereUnchanged({ path, sizeBytes, modifiedMs }: KnownFile): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && stats.size === sizeBytes && Math.round(stats.mtimeMs) === modifiedMs
}

const readAgain = (first: string) =>
  new LeptonError('NOT_FOUND', {
    expected: `the bytes of ${first} as they were`,
    received: 'a file that was changed since',
    remedy: 'Import this copy again.',
  }).toFault()
