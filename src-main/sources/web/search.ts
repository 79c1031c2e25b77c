import type { StudyQuery } from '#shared/contract/sources'
import { uid } from '#shared/domain/source'
import { isoDate, isoTime } from '../dates'
import { dateRange } from '../dimse/studies'
import type { RemoteInstance, RemoteSeries, RemoteStudy } from '../types'
import { type DicomObject, numberOf, parseObjects, textOf, textsOf } from './dicom-json'
import type { WebClient } from './http'

const JSON_TYPE = 'application/dicom+json'
const LARGEST_LIST = 32 * 2 ** 20
const PAGE = 1000
const MOST_PAGES = 500

const anywhere = (text: string) => `*${text.split(/\s+/).join('*')}*`.replace(/\*+/g, '*')

/** QIDO-RS for studies; one more than `limit` is asked for, to know whether there are more. */
export async function searchStudies(
  client: WebClient,
  query: StudyQuery,
  limit: number,
): Promise<RemoteStudy[]> {
  const { patientName, patientId, accession, description, modality } = query
  const range = dateRange(query)
  const found = await list(
    client,
    'studies',
    {
      ...(patientName && { PatientName: anywhere(patientName) }),
      ...(patientId && { PatientID: anywhere(patientId) }),
      ...(accession && { AccessionNumber: anywhere(accession) }),
      ...(description && { StudyDescription: anywhere(description) }),
      ...(modality && { ModalitiesInStudy: modality }),
      ...(range && { StudyDate: range }),
      limit: String(limit),
    },
    ['00081030', '00080061', '00201206', '00201208'],
  )
  return found.flatMap(studyOf)
}

export async function searchSeries(client: WebClient, studyUid: string): Promise<RemoteSeries[]> {
  const found = await pages(client, `studies/${studyUid}/series`, ['0008103E', '00201209'], '0020000E')
  return found.flatMap(seriesOf)
}

export async function searchInstances(
  client: WebClient,
  studyUid: string,
  seriesUid: string,
): Promise<RemoteInstance[]> {
  const path = `studies/${studyUid}/series/${seriesUid}/instances`
  const found = await pages(client, path, ['00080016'], '00080018')
  return found.flatMap((object) => {
    const known = uid.safeParse(textOf(object, '00080018'))
    return known.success ? [{ uid: known.data, sopClass: textOf(object, '00080016') }] : []
  })
}

/** All pages of a list; a server that passes over `offset` sends the same page again, which ends it. */
async function pages(
  client: WebClient,
  path: string,
  fields: readonly string[],
  key: string,
): Promise<DicomObject[]> {
  const found = new Map<string, DicomObject>()
  for (let page = 0; page < MOST_PAGES; page++) {
    const before = found.size
    const query = { limit: String(PAGE), offset: String(before) }
    for (const object of await list(client, path, query, fields)) found.set(textOf(object, key) ?? '', object)
    if (found.size === before) break
  }
  return [...found.values()]
}

async function list(
  client: WebClient,
  path: string,
  terms: Record<string, string>,
  fields: readonly string[],
): Promise<DicomObject[]> {
  const query = new URLSearchParams(terms)
  // one by one: some servers do not decode the commas of a list
  for (const field of fields) query.append('includefield', field)
  const answer = await client.ask({ path, query, accept: JSON_TYPE })
  return parseObjects(await client.text(answer, LARGEST_LIST))
}

function studyOf(object: DicomObject): RemoteStudy[] {
  const known = uid.safeParse(textOf(object, '0020000D'))
  if (!known.success) return []
  return [
    {
      uid: known.data,
      patientName: textOf(object, '00100010'),
      patientId: textOf(object, '00100020'),
      birthDate: isoDate(textOf(object, '00100030')),
      sex: textOf(object, '00100040'),
      date: isoDate(textOf(object, '00080020')),
      time: isoTime(textOf(object, '00080030')),
      description: textOf(object, '00081030'),
      accession: textOf(object, '00080050'),
      // some servers put all of them into one value
      modalities: textsOf(object, '00080061')
        .flatMap((text) => text.split('\\'))
        .filter(Boolean),
      seriesCount: count(numberOf(object, '00201206')),
      instanceCount: count(numberOf(object, '00201208')),
    },
  ]
}

function seriesOf(object: DicomObject): RemoteSeries[] {
  const known = uid.safeParse(textOf(object, '0020000E'))
  if (!known.success) return []
  return [
    {
      uid: known.data,
      number: numberOf(object, '00200011'),
      modality: textOf(object, '00080060'),
      description: textOf(object, '0008103E'),
      instanceCount: count(numberOf(object, '00201209')),
    },
  ]
}

const count = (value: number | null) => (value !== null && value >= 0 ? Math.round(value) : null)
