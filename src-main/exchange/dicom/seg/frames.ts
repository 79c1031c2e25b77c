import type { Dataset } from '#main/imaging/dicom/dataset'
import type { OpenInstance } from '#main/imaging/instance'
import type { FrameGeometry } from '#shared/domain/image'
import type { ImportedLabel } from '../../types'
import { PRIVATE_SCHEME } from '../object/codes'
import { APP_NAME, codeOf, referenceOf } from '../read/objects'
import { fromCieLab } from './cielab'

/** A segment as a file of any author describes it. */
export interface SegmentDescription {
  number: number
  label: ImportedLabel
  trackingUid: string | null
}

/** A frame of a segmentation that is read. */
export interface FrameDescription {
  /** Within the file, from 0. */
  index: number
  /** Null in a label map, whose pixels name their segments. */
  segment: number | null
  /** The images it was made from. */
  sources: { uid: string; frame: number }[]
  geometry: FrameGeometry | null
}

export function segmentDescriptions(dataset: Dataset): SegmentDescription[] {
  const ours = dataset.text(0x00080070) === APP_NAME
  return dataset.items(0x00620002).map((item, index) => {
    const colour = item.shorts(0x0062000d)
    const code = codeOf(item.item(0x0062000f))
    // names of our own segments may end with a number
    const name = (item.text(0x00620005) ?? '').replace(ours ? / \d+$/ : /$^/, '')
    const own = code?.scheme === PRIVATE_SCHEME
    return {
      number: item.short(0x00620004) ?? index + 1,
      label: {
        name: own ? code.value : name || code?.meaning || '',
        code: own ? null : code,
        colour: fromCieLab(colour),
      },
      trackingUid: item.code(0x00620021),
    }
  })
}

export function frameDescriptions(dataset: Dataset, { header }: OpenInstance): FrameDescription[] {
  const perFrame = dataset.items(0x52009230)
  const shared = dataset.item(0x52009229)
  return Array.from({ length: header.instance.frames }, (_, index) => {
    const own = perFrame[index] ?? null
    const find = (sequence: number) => own?.items(sequence) ?? []
    const both = (sequence: number) => {
      const items = find(sequence)
      return items.length > 0 ? items : (shared?.items(sequence) ?? [])
    }
    return {
      index,
      segment: both(0x0062000a)[0]?.short(0x0062000b) ?? null,
      sources: both(0x00089124)
        .flatMap((derivation) => derivation.items(0x00082112))
        .flatMap((source) => referenceOf(source) ?? []),
      geometry: header.geometry[index] ?? header.geometry[0] ?? null,
    }
  })
}
