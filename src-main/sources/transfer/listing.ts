import type { WantedPart } from '#shared/contract/sources'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Archive, RemoteInstance } from '../types'
import { endsTransfer, type TransferItems } from './items'

/** What the archive has of one series. */
export interface RemoteGroup {
  studyUid: string
  seriesUid: string
  instances: RemoteInstance[]
}

/**
 * The instances of a study or of one of its series, put on the list of the job. What cannot be listed is one
 * failed item and stops nothing else.
 * @throws what concerns the archive as a whole
 */
export async function listPart(
  archive: Archive,
  items: TransferItems,
  { studyUid, seriesUid }: WantedPart,
): Promise<RemoteGroup[]> {
  const attempt = async <T>(path: string, what: string, work: () => Promise<T[]>): Promise<T[]> => {
    try {
      const found = await work()
      if (found.length === 0) throw nothingThere(what)
      items.forget(path)
      return found
    } catch (error) {
      if (endsTransfer(error)) throw error
      items.add([path])
      items.settle([{ path, state: 'failed', fault: faultOf(error) }])
      return []
    }
  }
  const series = seriesUid
    ? [{ uid: seriesUid }]
    : await attempt(studyUid, 'a study', () => archive.series(studyUid))
  const groups: RemoteGroup[] = []
  for (const { uid } of series) {
    const path = `${studyUid}/${uid}`
    const instances = await attempt(path, 'a series', () => archive.instances(studyUid, uid))
    items.add(instances.map((instance) => `${path}/${instance.uid}`))
    if (instances.length > 0) groups.push({ studyUid, seriesUid: uid, instances })
  }
  return groups
}

const nothingThere = (what: string) =>
  new LeptonError('SOURCE_FAILED', {
    expected: `${what} of the archive`,
    received: 'nothing under this identifier',
    remedy: 'Search again: it may have been removed.',
  })
