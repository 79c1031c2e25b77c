import type { FrameInfo, VoiWindow } from '#shared/domain/image'
import type { Dataset } from './dataset'
import { Tag } from './tags'

export type Rescale = { slope: number; intercept: number; unit: string | null }
export type Voi = Pick<FrameInfo, 'windows' | 'voiFunction'>

/** The groups that hold for one frame: its own, then the shared ones, then the data set itself. */
export function groupOf(dataset: Dataset, frame: Dataset | null, sequence: number): Dataset {
  const shared = dataset.item(Tag.SharedFunctionalGroupsSequence)
  return frame?.item(sequence) ?? shared?.item(sequence) ?? dataset
}

/** Rescale slope, intercept and unit of a frame; a dose grid scales by Dose Grid Scaling. */
export function readRescale(dataset: Dataset, frame: Dataset | null): Rescale {
  const group = groupOf(dataset, frame, Tag.PixelValueTransformationSequence)
  const dose = dataset.decimal(Tag.DoseGridScaling)
  if (dose !== null && dose > 0) return { slope: dose, intercept: 0, unit: 'Gy' }
  const slope = group.decimal(Tag.RescaleSlope) ?? 1
  const intercept = group.decimal(Tag.RescaleIntercept) ?? 0
  return { slope: slope === 0 ? 1 : slope, intercept, unit: unitOf(group, dataset) }
}

/** Windows of a frame with their names, and the function that maps values through them. */
export function readVoi(dataset: Dataset, frame: Dataset | null): Voi {
  const group = groupOf(dataset, frame, Tag.FrameVOILUTSequence)
  const centers = group.decimals(Tag.WindowCenter)
  const widths = group.decimals(Tag.WindowWidth)
  const names = group.texts(Tag.WindowCenterWidthExplanation)
  const windows: VoiWindow[] = []
  for (const [index, center] of centers.entries()) {
    const width = widths[index]
    if (width !== undefined && width > 0) windows.push({ center, width, explanation: names[index] ?? '' })
  }
  const term = group.code(Tag.VOILUTFunction)
  return { windows, voiFunction: term === 'SIGMOID' || term === 'LINEAR_EXACT' ? term : 'LINEAR' }
}

/** A look-up table that turns stored values into modality values (PS3.3, C.11.1). */
export interface ModalityLut {
  first: number
  values: Uint16Array
  unit: string | null
}

export function readModalityLut(dataset: Dataset, signed: boolean): ModalityLut | null {
  const item = dataset.item(Tag.ModalityLUTSequence)
  const data = item?.value(Tag.LUTData)
  if (!item || !data) return null
  const [entries, , bits] = item.shorts(Tag.LUTDescriptor)
  const first = item.shorts(Tag.LUTDescriptor, signed)[1]
  if (entries === undefined || first === undefined) return null
  const count = entries === 0 ? 65536 : entries
  const wide = (bits ?? 16) > 8 || data.length >= count * 2
  const values = wide ? Uint16Array.from(item.shorts(Tag.LUTData)) : Uint16Array.from(data)
  return values.length < count
    ? null
    : { first, values: values.subarray(0, count), unit: item.code(Tag.ModalityLUTType) }
}

/** HU for CT where the file does not say; units of PET come from Units. */
function unitOf(group: Dataset, dataset: Dataset): string | null {
  const stated = group.text(Tag.RescaleType) ?? dataset.text(Tag.RescaleType)
  if (stated !== null) return stated
  const modality = dataset.code(Tag.Modality)
  if (modality === 'PT') return dataset.code(Tag.Units)
  const rescaled = group.has(Tag.RescaleSlope) || group.has(Tag.RescaleIntercept)
  return modality === 'CT' && rescaled ? 'HU' : null
}
