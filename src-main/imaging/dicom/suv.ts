import { type SuvScale, suvScaleOf } from '#shared/pixels/suv'
import type { Dataset } from './dataset'
import { Tag } from './tags'

/** The scale to SUV of a PET image, or what is missing for it; null for other images. */
export function readSuv(dataset: Dataset): SuvScale | null {
  if (dataset.code(Tag.Modality) !== 'PT') return null
  const injection = dataset.item(Tag.RadiopharmaceuticalInformationSequence)
  const date = dataset.code(Tag.SeriesDate) ?? dataset.code(Tag.StudyDate)
  const own = (tag: number) => injection?.decimal(tag) ?? null
  const scanned = scanStart(dataset, date)
  const philips = dataset.text(Tag.PhilipsPetCreator)?.startsWith('Philips PET') ?? false
  return suvScaleOf({
    units: dataset.code(Tag.Units),
    corrected: dataset.codes(Tag.CorrectedImage),
    decayCorrection: dataset.code(Tag.DecayCorrection),
    suvType: dataset.code(Tag.SUVType),
    weightKilograms: dataset.decimal(Tag.PatientWeight),
    doseBecquerel: own(Tag.RadionuclideTotalDose),
    halfLifeSeconds: own(Tag.RadionuclideHalfLife),
    injected: injectedAt(injection, date, scanned),
    scanned,
    countsToSuv: philips ? dataset.decimal(Tag.PhilipsSuvFactor) : null,
    countsToActivity: philips ? dataset.decimal(Tag.PhilipsActivityFactor) : null,
  })
}

/** The injection; a time without a date that lies after the scan was the day before. */
function injectedAt(injection: Dataset | null, date: string | null, scanned: number | null): number | null {
  const dated = moment(injection?.code(Tag.RadiopharmaceuticalStartDateTime))
  if (dated !== null) return dated
  const timed = momentOf(date, injection?.code(Tag.RadiopharmaceuticalStartTime))
  return timed !== null && scanned !== null && timed > scanned ? timed - day : timed
}

const day = 86_400_000

/**
 * The start of the scan: the series' own time, unless the series was made later than its images were acquired; then
 * what GE keeps of it, else nothing is known.
 */
function scanStart(dataset: Dataset, date: string | null): number | null {
  const series = momentOf(date, dataset.code(Tag.SeriesTime))
  const acquired = momentOf(dataset.code(Tag.AcquisitionDate) ?? date, dataset.code(Tag.AcquisitionTime))
  if (series !== null && (acquired === null || series <= acquired)) return series
  const ge = dataset.text(Tag.GePetCreator)?.startsWith('GEMS_PETD_01') ?? false
  return ge ? moment(dataset.code(Tag.GePetScanDateTime)) : null
}

const momentOf = (date: string | null | undefined, time: string | null | undefined) =>
  date && time ? moment(date.replaceAll('.', '') + time.replaceAll(':', '')) : null

/** `YYYYMMDDHHMMSS.FFFFFF` in milliseconds; zones are left out, for all times of a file share one. */
function moment(text: string | null | undefined): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d(?:\.\d+)?)?/.exec(text ?? '')
  if (!parts) return null
  const [year = 0, month = 1, dayOfMonth = 1, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  return Date.UTC(year, month - 1, dayOfMonth, hours, minutes) + seconds * 1000
}
