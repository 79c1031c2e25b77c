import { contentUid } from '../../content-id'
import type { WriteContext } from '../../types'
import { type Attributes, dateAndTime, short } from './attributes'
import type { SourceSeries } from './source'

interface ObjectFacts {
  sopClass: string
  /** What tells this object from every other one; the same content gives the same UIDs. */
  content: string
  modality: string
  description: string
  /** Added to the number of the series it is about. */
  seriesOffset: number
  /** ISO time of the newest content. */
  madeAt: string
}

/** SOP Common, General Series and Enhanced General Equipment of an object about a series. */
export function objectModules(
  source: SourceSeries,
  { sopClass, content, modality, description, seriesOffset, madeAt }: ObjectFacts,
  app: WriteContext['app'],
): Attributes & { SOPInstanceUID: string; SeriesInstanceUID: string } {
  const { date, time } = dateAndTime(madeAt)
  const identity = `${source.seriesUid} ${content}`
  return {
    ...source.patientAndStudy,
    SOPClassUID: sopClass,
    SOPInstanceUID: contentUid(`instance ${identity}`),
    SeriesInstanceUID: contentUid(`series ${identity}`),
    SeriesNumber: source.seriesNumber + seriesOffset,
    SeriesDescription: short(description, 64),
    Modality: modality,
    InstanceNumber: 1,
    InstanceCreationDate: date,
    InstanceCreationTime: time,
    SeriesDate: date,
    SeriesTime: time,
    ContentDate: date,
    ContentTime: time,
    Manufacturer: app.name,
    ManufacturerModelName: app.name,
    DeviceSerialNumber: app.version,
    SoftwareVersions: app.version,
  }
}
