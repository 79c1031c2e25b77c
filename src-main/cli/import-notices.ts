import type { Library } from '#main/library/types'
import type { ImportProblem } from '#shared/contract/library'
import { fault } from '#shared/domain/fault'
import { faultLine } from './faults'
import { t } from './language'

/** Notices named on the terminal; the library lists them all. */
const NAMED = 20
const BULK = 500

/** Taken in, and yet there is something to know. */
const notices: readonly string[] = ['other-version', 'disguised']

/** Says on stderr what is to be known of files that a job took in; stdout stays with its results. */
export function printNotices(library: Pick<Library, 'problems'>, jobId: number): void {
  const all = [...noticesOf(library, jobId)]
  if (all.length === 0) return
  console.error(t('import.noticesTitle'))
  for (const notice of all.slice(0, NAMED)) {
    console.error(`  ${notice.path}: ${faultLine(fault.parse(notice))}`)
  }
  if (all.length > NAMED) console.error(`  ${t('import.noticesMore', { count: all.length - NAMED })}`)
}

/** Every notice of a job, whatever number of other problems it met. */
function* noticesOf(library: Pick<Library, 'problems'>, jobId: number): Generator<ImportProblem> {
  for (let offset = 0; ; offset += BULK) {
    const { items, total } = library.problems({ jobId, offset, limit: BULK })
    yield* items.filter(({ kind }) => notices.includes(kind))
    if (offset + items.length >= total || items.length === 0) return
  }
}
