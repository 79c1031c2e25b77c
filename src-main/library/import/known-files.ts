import type { Database } from '#main/database/open'
import type { Fault } from '#shared/domain/fault'

export type FileOutcome = 'image' | 'duplicate' | 'left-out' | 'unreadable' | 'archive'

export interface KnownFile {
  path: string
  sizeBytes: number
  modifiedMs: number
  outcome: FileOutcome
  instanceId: number | null
  /** Fault as JSON. */
  fault: string | null
  jobId: number | null
}

export interface FileRecord {
  path: string
  sizeBytes: number
  modifiedMs: number
  outcome: FileOutcome
  instanceId: number | null
  fault: Fault | null
  jobId: number
  problemId: number | null
}

/** Every path the library was ever shown and what became of it. */
export class KnownFiles {
  readonly #find
  readonly #write
  readonly #members
  readonly #showing
  readonly #become
  readonly #orphan
  readonly #forgetArchive

  constructor(database: Database) {
    const columns =
      'path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, outcome, instance_id AS instanceId, fault, job_id AS jobId'
    this.#find = database.prepare<[string], KnownFile>(`SELECT ${columns} FROM files WHERE path = ?`)
    this.#members = database.prepare<[string, string], KnownFile>(
      `SELECT ${columns} FROM files WHERE path > ? AND path < ? ORDER BY path`,
    )
    this.#showing = database.prepare<[number], KnownFile>(
      `SELECT ${columns} FROM files WHERE instance_id = ?`,
    )
    this.#become = database.prepare(
      "UPDATE files SET outcome = 'image', fault = NULL, problem_id = NULL WHERE path = ?",
    )
    this.#orphan = database.prepare(
      "UPDATE files SET outcome = 'unreadable', instance_id = NULL, fault = ?, job_id = NULL WHERE path = ?",
    )
    this.#forgetArchive = database.prepare("DELETE FROM files WHERE path = ? AND outcome = 'archive'")
    this.#write = database.prepare<
      [string, number, number, string, number | null, string | null, number, number | null]
    >(
      'INSERT OR REPLACE INTO files (path, size_bytes, modified_ms, outcome, instance_id, fault, job_id, problem_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
  }

  find(path: string): KnownFile | null {
    return this.#find.get(path) ?? null
  }

  membersOf(archive: string): KnownFile[] {
    return this.#members.all(`${archive}!/`, `${archive}!0`)
  }

  /** The files that show an instance. */
  showing(instanceId: number): KnownFile[] {
    return this.#showing.all(instanceId)
  }

  /** A copy takes the place of the file that was there first. */
  becomeImage(path: string): void {
    this.#become.run(path)
  }

  /** The file showed an instance that is forgotten: it fails until it is read again. */
  orphan(path: string, fault: Fault): void {
    this.#orphan.run(JSON.stringify(fault), path)
    const [archive, member] = path.split('!/')
    if (member !== undefined) this.#forgetArchive.run(archive)
  }

  write(file: FileRecord): void {
    this.#write.run(
      file.path,
      file.sizeBytes,
      Math.round(file.modifiedMs),
      file.outcome,
      file.instanceId,
      file.fault ? JSON.stringify(file.fault) : null,
      file.jobId,
      file.problemId,
    )
  }
}
