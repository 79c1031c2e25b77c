import type { Dataset } from '#main/imaging/dicom/dataset'
import type { StudyQuery } from '#shared/contract/sources'
import { uid } from '#shared/domain/source'
import { isoDate, isoTime } from '../dates'
import type { RemoteInstance, RemoteSeries, RemoteStudy } from '../types'

const key = {
  sopClass: 0x00080016,
  sopInstance: 0x00080018,
  studyDate: 0x00080020,
  studyTime: 0x00080030,
  accession: 0x00080050,
  level: 0x00080052,
  modality: 0x00080060,
  modalities: 0x00080061,
  studyDescription: 0x00081030,
  seriesDescription: 0x0008103e,
  patientName: 0x00100010,
  patientId: 0x00100020,
  birthDate: 0x00100030,
  sex: 0x00100040,
  study: 0x0020000d,
  series: 0x0020000e,
  seriesNumber: 0x00200011,
  seriesOfStudy: 0x00201206,
  instancesOfStudy: 0x00201208,
  instancesOfSeries: 0x00201209,
} as const

/** Matches a text anywhere; the parts of a name may be written with spaces. */
const anywhere = (text: string | undefined) =>
  text ? `*${text.replace(/\\/g, '').split(/\s+/).join('*')}*`.replace(/\*+/g, '*') : ''

export const studyKeys = (query: StudyQuery): Record<number, string> => ({
  [key.level]: 'STUDY',
  [key.patientName]: anywhere(query.patientName),
  [key.patientId]: anywhere(query.patientId),
  [key.accession]: anywhere(query.accession),
  [key.studyDescription]: anywhere(query.description),
  [key.modalities]: query.modality ?? '',
  [key.studyDate]: dateRange(query),
  [key.studyTime]: '',
  [key.birthDate]: '',
  [key.sex]: '',
  [key.study]: '',
  [key.seriesOfStudy]: '',
  [key.instancesOfStudy]: '',
})

/** A range as DICOM writes it; empty where neither end is given. */
export function dateRange({ from, to }: Pick<StudyQuery, 'from' | 'to'>): string {
  if (!from && !to) return ''
  return [from, to].map((date) => date?.replaceAll('-', '') ?? '').join('-')
}

export const seriesKeys = (studyUid: string): Record<number, string> => ({
  [key.level]: 'SERIES',
  [key.study]: studyUid,
  [key.series]: '',
  [key.modality]: '',
  [key.seriesNumber]: '',
  [key.seriesDescription]: '',
  [key.instancesOfSeries]: '',
})

export const instanceKeys = (studyUid: string, seriesUid: string): Record<number, string> => ({
  [key.level]: 'IMAGE',
  [key.study]: studyUid,
  [key.series]: seriesUid,
  [key.sopInstance]: '',
  [key.sopClass]: '',
})

/** What to get or move: a series, or some of its instances. */
export const retrieveKeys = (
  studyUid: string,
  seriesUid: string,
  instances: readonly string[] | null,
): Record<number, string> => ({
  [key.level]: instances ? 'IMAGE' : 'SERIES',
  [key.study]: studyUid,
  [key.series]: seriesUid,
  ...(instances ? { [key.sopInstance]: instances.join('\\') } : {}),
})

export function studyOf(answer: Dataset): RemoteStudy[] {
  const known = uid.safeParse(answer.code(key.study))
  if (!known.success) return []
  return [
    {
      uid: known.data,
      patientName: answer.text(key.patientName),
      patientId: answer.text(key.patientId),
      birthDate: isoDate(answer.code(key.birthDate)),
      sex: answer.code(key.sex),
      date: isoDate(answer.code(key.studyDate)),
      time: isoTime(answer.code(key.studyTime)),
      description: answer.text(key.studyDescription),
      accession: answer.text(key.accession),
      modalities: answer.codes(key.modalities).filter(Boolean),
      seriesCount: count(answer.decimal(key.seriesOfStudy)),
      instanceCount: count(answer.decimal(key.instancesOfStudy)),
    },
  ]
}

export function seriesOf(answer: Dataset): RemoteSeries[] {
  const known = uid.safeParse(answer.code(key.series))
  if (!known.success) return []
  return [
    {
      uid: known.data,
      number: answer.decimal(key.seriesNumber),
      modality: answer.code(key.modality),
      description: answer.text(key.seriesDescription),
      instanceCount: count(answer.decimal(key.instancesOfSeries)),
    },
  ]
}

export function instanceOf(answer: Dataset): RemoteInstance[] {
  const known = uid.safeParse(answer.code(key.sopInstance))
  return known.success ? [{ uid: known.data, sopClass: answer.code(key.sopClass) }] : []
}

const count = (value: number | null) => (value !== null && value >= 0 ? Math.round(value) : null)
