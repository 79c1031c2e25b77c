const PREFIX = '1.2.840.10008.1.2'

export const IMPLICIT = PREFIX
export const EXPLICIT = `${PREFIX}.1`

/** Transfer syntaxes in which objects are taken as they are; a sender that can choose is asked for what loses nothing. */
export const COMPRESSED = [
  '.4.70',
  '.4.57',
  '.4.80',
  '.4.90',
  '.4.92',
  '.4.201',
  '.4.202',
  '.5',
  '.4.110',
  '.4.50',
  '.4.51',
  '.4.81',
  '.4.91',
  '.4.93',
  '.4.203',
  '.4.111',
  '.4.112',
  '.1.99',
  '.2',
].map((ending) => PREFIX + ending)

export const STORABLE: ReadonlySet<string> = new Set([EXPLICIT, IMPLICIT, ...COMPRESSED])

const SOP = '1.2.840.10008.5.1.4.1'

export const sopClass = {
  verification: '1.2.840.10008.1.1',
  findStudy: `${SOP}.2.2.1`,
  moveStudy: `${SOP}.2.2.2`,
  getStudy: `${SOP}.2.2.3`,
} as const

/** Storage SOP classes all stand below this root (PS3.4, annex B.5). */
export const isStorage = (uid: string) => uid.startsWith(`${SOP}.1.`)

/** What is proposed where an archive does not tell the SOP classes of a series. */
export const COMMON_STORAGE = [
  '1',
  '1.1',
  '1.1.1',
  '1.2',
  '1.2.1',
  '1.3',
  '1.3.1',
  '2',
  '2.1',
  '3.1',
  '4',
  '4.1',
  '4.3',
  '6.1',
  '6.2',
  '7',
  '7.1',
  '7.2',
  '7.3',
  '7.4',
  '12.1',
  '12.1.1',
  '12.2',
  '12.2.1',
  '13.1.3',
  '20',
  '30',
  '66.4',
  '77.1.1',
  '77.1.2',
  '77.1.4',
  '77.1.5.1',
  '77.1.6',
  '88.11',
  '88.22',
  '88.33',
  '104.1',
  '128',
  '130',
  '481.1',
  '481.2',
  '481.3',
  '481.5',
].map((ending) => `${SOP}.1.${ending}`)
