import type { FrameGeometry } from '#shared/domain/image'
import type { Dataset } from './dataset'
import type { ParsedObject } from './parse'
import { Tag } from './tags'

type Spacing = Pick<FrameGeometry, 'spacing' | 'spacingSource'>

const CENTIMETRES = 3
const TWO_DIMENSIONAL = 1
const MILLIMETRES_PER_CENTIMETRE = 10

/** Geometry of every frame; one entry where they all share it. */
export function readGeometry({ dataset }: ParsedObject, frames: number): FrameGeometry[] {
  const perFrame = dataset.items(Tag.PerFrameFunctionalGroupsSequence)
  if (perFrame.length > 0) {
    const shared = dataset.item(Tag.SharedFunctionalGroupsSequence)
    return Array.from({ length: frames }, (_, index) => fromGroups(dataset, shared, perFrame[index] ?? null))
  }
  const offsets = dataset.decimals(Tag.GridFrameOffsetVector)
  const single = fromGroups(dataset, dataset.item(Tag.SharedFunctionalGroupsSequence), null)
  return frames > 1 && offsets.length === frames ? stacked(single, offsets) : [single]
}

function fromGroups(dataset: Dataset, shared: Dataset | null, own: Dataset | null): FrameGeometry {
  const find = (sequence: number) => own?.item(sequence) ?? shared?.item(sequence) ?? null
  const detector = dataset.item(Tag.DetectorInformationSequence)
  const measures = find(Tag.PixelMeasuresSequence)
  const position = find(Tag.PlanePositionSequence) ?? dataset
  const orientation = find(Tag.PlaneOrientationSequence) ?? dataset
  return {
    position: triple(position, Tag.ImagePositionPatient) ?? triple(detector, Tag.ImagePositionPatient),
    orientation: cosines(orientation) ?? cosines(detector),
    ...spacingOf(measures, dataset),
    thickness: positive(measures?.decimal(Tag.SliceThickness) ?? dataset.decimal(Tag.SliceThickness)),
  }
}

/** Pixel Spacing comes first, for it is calibrated or lies in the patient; then what the detector says. */
function spacingOf(measures: Dataset | null, dataset: Dataset): Spacing {
  const inPatient = pair(measures, Tag.PixelSpacing) ?? pair(dataset, Tag.PixelSpacing)
  if (inPatient) return { spacing: inPatient, spacingSource: 'PixelSpacing' }
  const imager = pair(dataset, Tag.ImagerPixelSpacing)
  if (imager) return { spacing: imager, spacingSource: 'ImagerPixelSpacing' }
  const nominal = pair(dataset, Tag.NominalScannedPixelSpacing)
  if (nominal) return { spacing: nominal, spacingSource: 'NominalScannedPixelSpacing' }
  const region = ultrasoundSpacing(dataset)
  if (region) return { spacing: region, spacingSource: 'UltrasoundRegion' }
  return { spacing: null, spacingSource: 'none' }
}

/** Spacing of the two-dimensional regions, only if all of them agree (PS3.3, C.8.5.5). */
function ultrasoundSpacing(dataset: Dataset): [number, number] | null {
  const regions = dataset
    .items(Tag.SequenceOfUltrasoundRegions)
    .filter((region) => region.short(Tag.RegionSpatialFormat) === TWO_DIMENSIONAL)
  const spacings = regions.map((region) => {
    const units = [region.short(Tag.PhysicalUnitsXDirection), region.short(Tag.PhysicalUnitsYDirection)]
    const x = Math.abs(region.doubles(Tag.PhysicalDeltaX)[0] ?? 0) * MILLIMETRES_PER_CENTIMETRE
    const y = Math.abs(region.doubles(Tag.PhysicalDeltaY)[0] ?? 0) * MILLIMETRES_PER_CENTIMETRE
    return units.every((unit) => unit === CENTIMETRES) && x > 0 && y > 0 ? ([y, x] as const) : null
  })
  const first = spacings[0]
  if (!first || spacings.some((other) => other?.[0] !== first[0] || other[1] !== first[1])) return null
  return [first[0], first[1]]
}

/** Frames of a dose grid lie along the normal at the given offsets (PS3.3, C.8.8.3.2). */
function stacked(single: FrameGeometry, offsets: readonly number[]): FrameGeometry[] {
  const { position, orientation } = single
  if (!position || !orientation) return [single]
  const [rx, ry, rz, cx, cy, cz] = orientation
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx] as const
  const first = offsets[0] ?? 0
  return offsets.map((offset) => {
    const along = offset - first
    const [x, y, z] = position
    return { ...single, position: [x + normal[0] * along, y + normal[1] * along, z + normal[2] * along] }
  })
}

function triple(dataset: Dataset | null, tag: number): [number, number, number] | null {
  const [x, y, z] = dataset?.decimals(tag) ?? []
  return x === undefined || y === undefined || z === undefined ? null : [x, y, z]
}

function cosines(dataset: Dataset | null): FrameGeometry['orientation'] {
  const [a, b, c, d, e, f, ...more] = dataset?.decimals(Tag.ImageOrientationPatient) ?? []
  if (a === undefined || b === undefined || c === undefined || more.length > 0) return null
  if (d === undefined || e === undefined || f === undefined) return null
  return Math.hypot(a, b, c) > 0.5 && Math.hypot(d, e, f) > 0.5 ? [a, b, c, d, e, f] : null
}

function pair(dataset: Dataset | null, tag: number): [number, number] | null {
  const [row, column] = dataset?.decimals(tag) ?? []
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : null
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null
}
