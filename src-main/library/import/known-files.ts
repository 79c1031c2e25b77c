import type { Database } from '#main/database/open'
import type { Fault } from '#shared/domain/fault'

export type FileOutcome = 'image' | 'duplicate' | 'left-out' | 'unreadable' | 'archive'

export interface KnownFile {
  path: string
  sizeBytes: number
  modifiedMs: number
  outcome: FileOutcome
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

  constructor(database: Database) {
    const columns =
      'path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, outcome, fault, job_id AS jobId'
    this.#find = database.prepare<[string], KnownFile>(`SELECT ${columns} FROM files WHERE path = ?`)
    this.#members = database.prepare<[string, string], KnownFile>(
      `SELECT ${columns} FROM files WHERE path > ? AND path < ? ORDER BY path`,
    )
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
