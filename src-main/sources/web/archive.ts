import { studyQuery } from '#shared/contract/sources'
import type { WebPlace } from '#shared/domain/source'
import type { Archive } from '../types'
import { WebClient } from './http'
import { retrieveObjects } from './retrieve'
import { searchInstances, searchSeries, searchStudies } from './search'
import { storeObjects } from './store'

/** An archive that is spoken to by DICOMweb (PS3.18): QIDO-RS, WADO-RS and STOW-RS. */
export function webArchive(place: WebPlace, secret: string | null, signal: AbortSignal): Archive {
  const client = new WebClient(place, secret, signal)
  return {
    async test() {
      await searchStudies(client, studyQuery.parse({}), 1)
    },
    async studies(query) {
      const found = await searchStudies(client, query, query.limit + 1)
      return { studies: found.slice(0, query.limit), more: found.length > query.limit }
    },
    series: (studyUid) => searchSeries(client, studyUid),
    instances: (studyUid, seriesUid) => searchInstances(client, studyUid, seriesUid),
    retrieve: (wanted, spool) => retrieveObjects(client, wanted, spool),
    store: (files) => storeObjects(client, files),
    async close() {
      client.close()
    },
  }
}
