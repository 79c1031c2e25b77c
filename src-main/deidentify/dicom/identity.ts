import { UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'
import { Tag } from '#main/imaging/dicom/tags'
import { itemLevels, type Level } from './level'
import { textOf } from './text-value'

/** Attributes whose values name or number a person, an order or a place. */
const IDENTIFIERS: ReadonlySet<number> = new Set([
  0x00080050, // Accession Number
  0x00080080, // Institution Name
  0x00080081, // Institution Address
  0x00080094, // Referring Physician's Telephone Numbers
  0x00081010, // Station Name
  0x00081040, // Institutional Department Name
  0x00100020, // Patient ID
  0x00100021, // Issuer of Patient ID
  0x00101000, // Other Patient IDs
  0x00101040, // Patient's Address
  0x00101090, // Medical Record Locator
  0x00102154, // Patient's Telephone Numbers
  0x00120030, // Clinical Trial Site ID
  0x00120031, // Clinical Trial Site Name
  0x00120040, // Clinical Trial Subject ID
  0x00181000, // Device Serial Number
  0x00200010, // Study ID
  0x00321032, // Requesting Physician
  0x00380010, // Admission ID
  0x00380300, // Current Patient Location
  0x00400253, // Performed Procedure Step ID
  0x00401001, // Requested Procedure ID
  0x00402016, // Placer Order Number
  0x00402017, // Filler Order Number
])

const DEVICE: ReadonlySet<number> = new Set([0x00081010, 0x00181000])

/** Who a data set is about, as it says itself. */
export interface Identity {
  /** What tells this patient from others; the study where no patient is named. */
  patientKey: string
  patientId: string
  patientName: string
  study: string
  series: string
  instance: string
  /** Names, numbers and places, to be found in text that stays. */
  identifiers: string[]
}

/** Reads what a data set and its sequences say of the people in it. */
export function identityOf(level: Level, { retainDevice }: { retainDevice: boolean }): Identity {
  const top = (tag: number) => {
    const placed = level.elements.find(({ element }) => element.tag === tag)
    return placed && placed.element.length !== UNDEFINED_LENGTH ? textOf(level, placed) : ''
  }
  const identifiers = new Set<string>()
  gather(level, (tag, vr, text) => {
    if (retainDevice && DEVICE.has(tag)) return
    if (vr === 'PN' || IDENTIFIERS.has(tag)) for (const value of text.split('\\')) identifiers.add(value)
  })
  const [patientId, patientName, study] = [
    top(Tag.PatientID),
    top(Tag.PatientName),
    top(Tag.StudyInstanceUID),
  ]
  const instance = top(Tag.SOPInstanceUID)
  const named = patientName === '' ? '' : `name ${patientName} ${top(Tag.PatientBirthDate)}`
  return {
    patientKey: patientId !== '' ? `id ${patientId}` : named || `study ${study || instance}`,
    patientId,
    patientName,
    study,
    series: top(Tag.SeriesInstanceUID),
    instance,
    identifiers: [...identifiers].filter((identifier) => identifier !== ''),
  }
}

function gather(level: Level, found: (tag: number, vr: string, text: string) => void): void {
  for (const placed of level.elements) {
    const { vr, element } = placed
    if (vr === 'SQ') for (const item of itemLevels(level, placed)) gather(item, found)
    else if (vr === 'PN' || IDENTIFIERS.has(element.tag)) {
      if (element.length !== UNDEFINED_LENGTH) found(element.tag, vr, textOf(level, placed))
    }
  }
}
