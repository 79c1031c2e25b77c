import type { Database } from '#main/database/open'
import type { ImportProblem } from '#shared/contract/library'
import { fault } from '#shared/domain/fault'
import type { Page } from '../types'

interface ProblemRow {
  jobId: number
  path: string
  kind: ImportProblem['kind']
  fault: string
}

const ofJob = 'WHERE job_id = ? AND kind IS NOT NULL'
const newest = 'WHERE id IN (SELECT problem_id FROM files WHERE problem_id IS NOT NULL)'

/** What imports could not take in: of one job, or the last word on every file. */
export function listProblems(
  database: Database,
  { jobId, offset, limit }: { jobId?: number | undefined } & Page,
): { total: number; items: ImportProblem[] } {
  const where = jobId === undefined ? newest : ofJob
  const values = jobId === undefined ? [] : [jobId]
  const total = database.prepare<number[], number>(`SELECT count(*) FROM job_items ${where}`).pluck()
  const page = database.prepare<number[], ProblemRow>(
    `SELECT job_id AS jobId, path, kind, fault FROM job_items ${where}
     ORDER BY kind <> 'unreadable', id LIMIT ? OFFSET ?`,
  )
  const items = page.all(...values, limit, offset).map(({ fault: text, ...row }) => ({
    ...row,
    ...fault.parse(JSON.parse(text)),
  }))
  return { total: total.get(...values) ?? 0, items }
}
