import { existsSync } from 'node:fs'
import { chmod, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { Database } from '#main/database/open'
import { hashOf } from '#main/file-hash'
import type { SignOff } from '#shared/contract/reading'
import { LeptonError } from '#shared/domain/fault'

const hashes = z.record(z.string(), z.string())

interface Row {
  version: number
  reader: string
  remark: string
  serial: number
  folder: string
  files: string
  signedAt: string
}

/** What readers signed, with the hashes of the files that were written for it. */
export class SignOffs {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest first. The list is asked for at every saved annotation: files that seem unchanged are not read again. */
  of(studyId: number): Promise<SignOff[]> {
    return Promise.all(
      this.#rows(studyId).map(async ({ serial: _, files, ...row }) => ({
        ...row,
        files: await Promise.all(
          Object.entries(hashes.parse(JSON.parse(files))).map(async ([path, sha256]) => ({
            path,
            sha256,
            state: await stateOf(join(row.folder, path), sha256, false),
          })),
        ),
      })),
    )
  }

  signed(studyId: number): boolean {
    return this.#rows(studyId).length > 0
  }

  nextVersion(studyId: number): number {
    return (this.#rows(studyId)[0]?.version ?? 0) + 1
  }

  /** Whether annotations of a study were changed after the last sign-off; false without one. */
  changedSince(studyId: number): boolean {
    const last = this.#rows(studyId)[0]
    return last !== undefined && this.serial(studyId) > last.serial
  }

  /** Of the last change of a study's annotations. */
  serial(studyId: number): number {
    return (
      this.#database
        .prepare<[number], number>('SELECT max(serial) FROM annotation_versions WHERE study_id = ?')
        .pluck()
        .get(studyId) ?? 0
    )
  }

  /** Locks the files of a folder and writes down what they are. */
  async lock(
    studyId: number,
    sign: { version: number; reader: string; remark: string; serial: number; folder: string },
  ): Promise<void> {
    const { version, reader, remark, serial, folder } = sign
    const files: Record<string, string> = {}
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      files[relative(folder, path).split(sep).join('/')] = await hashOf(path, true)
      await chmod(path, 0o444)
    }
    this.#database
      .prepare(
        `INSERT INTO sign_offs (study_id, version, reader, remark, serial, folder, files, signed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(studyId, version, reader, remark, serial, folder, JSON.stringify(files), new Date().toISOString())
  }

  /**
   * Where a file of a sign-off lies; it is read again, whatever it looks like.
   * @throws NOT_FOUND for what is not, or no longer, what was signed
   */
  async file(studyId: number, version: number, path: string): Promise<string> {
    const row = this.#rows(studyId).find((one) => one.version === version)
    const sha256 = row && hashes.parse(JSON.parse(row.files))[path]
    const state = row && sha256 ? await stateOf(join(row.folder, path), sha256, true) : 'unknown'
    if (row && state === 'sound') return join(row.folder, path)
    throw new LeptonError('NOT_FOUND', {
      expected: 'a file as it was signed',
      received: `${path} of version ${version}, ${state}`,
      remedy: 'Sign the study again; a new version is written.',
    })
  }

  #rows(studyId: number): Row[] {
    return this.#database
      .prepare<[number], Row>(
        `SELECT version, reader, remark, serial, folder, files, signed_at AS signedAt FROM sign_offs
         WHERE study_id = ? ORDER BY version DESC`,
      )
      .all(studyId)
  }
}

/** `again` reads the file even if it seems unchanged. */
async function stateOf(path: string, sha256: string, again: boolean): Promise<'sound' | 'changed' | 'gone'> {
  if (!existsSync(path)) return 'gone'
  return (await hashOf(path, again)) === sha256 ? 'sound' : 'changed'
}
