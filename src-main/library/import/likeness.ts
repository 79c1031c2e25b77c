import { stat } from 'node:fs/promises'
import type { Database } from '#main/database/open'
import type { InstanceHeader } from '#shared/domain/image'
import { sha256Of } from './file-hash'
import { placeOf } from './grouping'
import { type InstanceRow, InstanceRows } from './instance-rows'
import { KnownFiles } from './known-files'
import type { ReadFile } from './recorder'

/**
 * A file against an instance of its identity: the same bytes, other bytes, or `unproven` where size and header
 * agree, the former bytes are gone, and nobody ever computed their hash.
 */
export type Likeness = 'same' | 'other' | 'unproven'

/** Tells copies of an object from other versions of it: equal identifiers alone say nothing of the bytes. */
export class Likenesses {
  readonly #instances
  readonly #files

  constructor(database: Database) {
    this.#instances = new InstanceRows(database)
    this.#files = new KnownFiles(database)
  }

  /** What can be said without reading; null where the bytes must be compared first. */
  atOnce(row: InstanceRow, file: ReadFile): Likeness | null {
    if (this.isOwn(row, file) && isUnchanged(row, file.sizeBytes, file.modifiedMs)) return 'same'
    // these bytes are addressed by their hash, or were hashed as they were read
    if (file.sha256 && row.sha256 && (row.owned || !isDicom(file)))
      return row.sha256 === file.sha256 ? 'same' : 'other'
    return file.likeness?.get(row.id) ?? null
  }

  /** Whether an instance was read from the very place where the file was found. */
  isOwn(row: InstanceRow, { foundAs, path, shownPath }: ReadFile): boolean {
    if (row.shown_path !== shownPath) return false
    return row.path === path || (row.owned === 1 && this.#files.find(foundAs)?.instanceId === row.id)
  }

  /** The file with what its bytes tell; its hash is set wherever it is needed. Throws what reading it throws. */
  async compared(file: ReadFile, header: InstanceHeader): Promise<ReadFile> {
    let { sha256 } = file
    const hash = async () => {
      sha256 ??= await sha256Of(file.path)
      return sha256
    }
    const likeness = new Map<number, Likeness>()
    for (const row of this.#instances.versionsOf(placeOf(header, file).instanceKey)) {
      likeness.set(row.id, this.atOnce(row, file) ?? (await this.#compare(row, file, header, hash)))
    }
    if ([...likeness.values()].every((value) => value === 'other')) await hash()
    return { ...file, sha256, likeness }
  }

  async #compare(
    row: InstanceRow,
    file: ReadFile,
    header: InstanceHeader,
    hash: () => Promise<string>,
  ): Promise<Likeness> {
    const there = this.isOwn(row, file) ? null : await stat(row.path).catch(() => null)
    if (there) {
      if (there.size !== file.sizeBytes) return 'other'
      return (await this.#hashNow(row, there)) === (await hash()) ? 'same' : 'other'
    }
    if (row.size_bytes !== file.sizeBytes) return 'other'
    const hashes = this.#instances.hashesOf(row)
    if (hashes.length === 0) return this.#instances.holds(row, header, file) ? 'unproven' : 'other'
    const own = await hash()
    return hashes.every((one) => one === own) ? 'same' : 'other'
  }

  /** Hash of the bytes an instance has on disk now; null where they cannot be read. */
  async #hashNow(
    row: InstanceRow,
    { size, mtimeMs }: { size: number; mtimeMs: number },
  ): Promise<string | null> {
    const unchanged = isUnchanged(row, size, mtimeMs)
    if (unchanged && row.sha256) return row.sha256
    const sha256 = await sha256Of(row.path).catch(() => null)
    if (unchanged && sha256) this.#instances.setHash(row.id, sha256)
    return sha256
  }
}

const isDicom = ({ content }: ReadFile) => 'header' in content && content.header.format === 'dicom'

export const isUnchanged = (row: InstanceRow, sizeBytes: number, modifiedMs: number) =>
  row.size_bytes === sizeBytes && row.modified_ms === Math.round(modifiedMs)
