import { createHash } from 'node:crypto'
import { LeptonError } from '#shared/domain/fault'
import { contentUid } from '../../content-id'
import type { ImageIdentity, WriteContext } from '../../types'
import type { Attributes } from '../object/attributes'
import { codeItem, codingSchemes, dcm } from '../object/codes'
import { objectModules } from '../object/equipment'
import { frameReference, referencedSeries, type SourceSeries } from '../object/source'
import { placedInPatient, planePosition, sharedGeometry } from './geometry'

export const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4'
/** A writer keeps the whole object in memory. */
const MOST_BYTES = 2 ** 30

const tag = { segmentNumber: 0x0062000b, segmentIdentification: 0x0062000a }
const position = { pointer: 0x00200032, group: 0x00209113 }
const stack = { pointer: 0x00209057, group: 0x00209111 }

/** A frame: one segment on one image. */
export interface SegFrame {
  /** From 1. */
  segment: number
  image: ImageIdentity
  /** Place of the image in the series, from 0. */
  place: number
}

export interface SegContent {
  /** Of the whole series, in stack order. */
  images: readonly ImageIdentity[]
  segments: readonly Attributes[]
  frames: readonly SegFrame[]
  pixels: Uint8Array
  kind: 'BINARY' | 'FRACTIONAL'
  overlap: 'NO' | 'UNDEFINED'
  /** ISO time of the newest content. */
  madeAt: string
  creator: string
  description: string
}

/** A segmentation before it is written. */
export interface SegObject {
  attributes: Attributes & { SOPInstanceUID: string; SeriesInstanceUID: string }
  pixels: Uint8Array
}

/** Bits or bytes of all frames. @throws PIXELS_TOO_LARGE */
export function checkSize(frames: number, pixelsPerFrame: number, bits: 1 | 8): void {
  const bytes = (frames * pixelsPerFrame * bits) / 8
  if (bytes <= MOST_BYTES) return
  throw new LeptonError('PIXELS_TOO_LARGE', {
    expected: `at most ${MOST_BYTES} bytes in one segmentation`,
    received: `${Math.ceil(bytes)} bytes`,
    remedy: 'Export fewer labels at a time.',
  })
}

/** The attributes of a Segmentation (PS3.3, A.51). */
export function buildSeg(source: SourceSeries, content: SegContent, app: WriteContext['app']): SegObject {
  const { images, segments, frames, pixels, kind, overlap, madeAt, creator, description } = content
  const first = images[0]
  const placed = placedInPatient(images, source.frameOfReference)
  const modules = objectModules(
    source,
    {
      sopClass: SEGMENTATION_STORAGE,
      content: contentHash(content),
      modality: 'SEG',
      description,
      seriesOffset: 1000,
      madeAt,
    },
    app,
  )
  const organization = contentUid(`dimensions ${modules.SOPInstanceUID}`)
  return {
    pixels,
    attributes: {
      ...modules,
      ...source.bodyPart,
      ...codingSchemes,
      ...(placed
        ? { FrameOfReferenceUID: source.frameOfReference ?? '', PositionReferenceIndicator: '' }
        : { PatientOrientation: '' }),
      ImageType: ['DERIVED', 'PRIMARY'],
      ContentLabel: 'SEGMENTATION',
      ContentDescription: description,
      ContentCreatorName: creator,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: frames.length,
      Rows: first?.rows ?? 0,
      Columns: first?.columns ?? 0,
      ...(kind === 'BINARY'
        ? { BitsAllocated: 1, BitsStored: 1, HighBit: 0 }
        : { BitsAllocated: 8, BitsStored: 8, HighBit: 7 }),
      PixelRepresentation: 0,
      LossyImageCompression: '00',
      SegmentationType: kind,
      ...(kind === 'BINARY'
        ? {}
        : { SegmentationFractionalType: 'PROBABILITY', MaximumFractionalValue: 255 }),
      SegmentsOverlap: overlap,
      SegmentSequence: [...segments],
      ReferencedSeriesSequence: [referencedSeries(source.seriesUid, images)],
      DimensionOrganizationSequence: [{ DimensionOrganizationUID: organization }],
      DimensionIndexSequence: [
        dimension(organization, tag.segmentNumber, tag.segmentIdentification, 'Segment'),
        placed
          ? dimension(organization, position.pointer, position.group, 'Position')
          : dimension(organization, stack.pointer, stack.group, 'Place in stack'),
      ],
      SharedFunctionalGroupsSequence: [placed ? sharedGeometry(images) : {}],
      PerFrameFunctionalGroupsSequence: frames.map((frame) => frameGroups(frame, placed)),
    },
  }
}

function dimension(organization: string, pointer: number, group: number, label: string): Attributes {
  return {
    DimensionOrganizationUID: organization,
    DimensionIndexPointer: pointer,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  }
}

function frameGroups({ segment, image, place }: SegFrame, placed: boolean): Attributes {
  return {
    FrameContentSequence: [
      {
        DimensionIndexValues: [segment, place + 1],
        ...(placed ? {} : { StackID: '1', InStackPositionNumber: place + 1 }),
      },
    ],
    ...(placed ? planePosition(image.geometry) : {}),
    DerivationImageSequence: [
      {
        SourceImageSequence: [
          {
            ...frameReference(image),
            SpatialLocationsPreserved: 'YES',
            PurposeOfReferenceCodeSequence: [
              codeItem(dcm('121322', 'Source image for image processing operation')),
            ],
          },
        ],
        DerivationCodeSequence: [codeItem(dcm('113076', 'Segmentation'))],
      },
    ],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
  }
}

function contentHash({ segments, frames, pixels, kind }: SegContent): string {
  const places = frames.map(({ segment, image }) => [segment, image.instanceUid, image.frame])
  return createHash('sha256')
    .update(JSON.stringify([kind, segments, places]))
    .update(pixels)
    .digest('hex')
}
