import { openFile } from '#main/imaging/byte-source'
import type { Dataset } from '#main/imaging/dicom/dataset'
import { openDicom } from '#main/imaging/dicom/instance'
import { parseObject } from '#main/imaging/dicom/parse'
import type { OpenInstance } from '#main/imaging/instance'
import { LeptonError } from '#shared/domain/fault'
import type { Rle } from '#shared/domain/finding'
import { encodeRle } from '#shared/geometry/rle'
import { inPatient, planeOf, type SlicePlane } from '#shared/geometry/slice-plane'
import type { FormatReader, ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { isObject } from '../read/objects'
import { heightOver, stackFor } from '../read/stacks'
import {
  type FrameDescription,
  frameDescriptions,
  type SegmentDescription,
  segmentDescriptions,
} from './frames'
import { type DrawnPlane, resampled } from './resample'

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4'
const LABEL_MAP_SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.7'
/** Two grids are one if their pixels lie no farther apart, in millimetres. */
const SAME_PLACE = 0.01
/** A fraction counts as inside from here on. */
const HALF = 0.5

/** Frames that are decoded for one file at most: those of a label map once for each of its segments. */
const MOST_READS = 200_000

/** A mask of a segment on an image of the library. */
export interface SegmentMask {
  segment: SegmentDescription
  image: ImageIdentity
  mask: Rle
}

/** Segmentations of any author: binary, fractional (inside from one half on) and label maps. */
export const segReader: FormatReader = {
  knows: (path, head) => isObject(path, head, [SEGMENTATION, LABEL_MAP_SEGMENTATION]),
  async *read(path, context) {
    const { creator, uid, masks } = openSegmentation(path, context)
    for await (const { segment, image, mask } of masks) {
      if (context.signal.aborted) return
      yield annotationOf(segment, image, mask, uid, creator)
    }
  },
}

/** A mask of a segment as an annotation. */
function annotationOf(
  { number, label, trackingUid }: SegmentDescription,
  image: ImageIdentity,
  mask: Rle,
  uid: string,
  reader: string | null,
): ImportedAnnotation {
  return {
    image,
    studyId: image.studyId,
    label,
    shape: { kind: 'mask', mask },
    attributes: {},
    object: trackingUid === null ? `urn:oid:${uid} ${number}` : `urn:oid:${trackingUid}`,
    reader,
    note: '',
  }
}

interface OpenSegmentation {
  uid: string
  creator: string | null
  masks: AsyncGenerator<SegmentMask>
}

/** @throws DICOM_INVALID and the like where the object cannot be read */
export function openSegmentation(
  path: string,
  context: ReadContext,
  wanted: (segment: number) => boolean = () => true,
): OpenSegmentation {
  const { source } = openFile(path)
  try {
    const { dataset } = parseObject(source)
    const object = openDicom(source)
    return {
      uid: dataset.code(0x00080018) ?? path,
      creator: dataset.text(0x00700084),
      masks: masksOf(dataset, object, context, wanted),
    }
  } catch (error) {
    source.close()
    throw error
  }
}

async function* masksOf(
  dataset: Dataset,
  object: OpenInstance,
  context: ReadContext,
  wanted: (segment: number) => boolean,
): AsyncGenerator<SegmentMask> {
  try {
    const frames = frameDescriptions(dataset, object)
    const segments = segmentDescriptions(dataset)
    const shared = frames.filter((frame) => frame.segment === null).length
    if (frames.length + shared * segments.length > MOST_READS)
      throw beyondMeasure(frames.length, segments.length)
    for (const segment of segments) {
      // label maps describe their background, too
      if (segment.number === 0 || !wanted(segment.number)) continue
      const own = frames.filter((frame) => frame.segment === null || frame.segment === segment.number)
      try {
        yield* masksOfSegment({ dataset, object, all: frames }, segment, own, context)
      } catch (error) {
        context.failed(`segment ${segment.number}, ${segment.label.name}`, error)
      }
    }
  } finally {
    object.close()
  }
}

/** Frame by frame where the images of the library are those that were drawn on, else resampled onto the stack. */
async function* masksOfSegment(
  { dataset, object, all }: { dataset: Dataset; object: OpenInstance; all: readonly FrameDescription[] },
  segment: SegmentDescription,
  frames: readonly FrameDescription[],
  context: ReadContext,
): AsyncGenerator<SegmentMask> {
  const threshold = thresholdOf(dataset)
  const { rows, columns } = object.header.instance
  const direct = frames.map((frame) => ({ frame, image: sameGrid(frame, rows, columns, context) }))
  const planes: DrawnPlane[] = []
  const known = direct.every(({ image }) => image !== null)
  for (const { frame, image } of direct) {
    const { data } = await object.storedFrame(frame.index)
    const mask = Uint8Array.from(data, (value) =>
      (frame.segment === null ? value === segment.number : value >= threshold) ? 1 : 0,
    )
    if (!mask.includes(1)) continue
    if (known && image) {
      yield { segment, image, mask: encodeRle(mask, rows, columns) }
      continue
    }
    const plane = planeOf({ rows, columns, geometry: frame.geometry })
    if (!plane) throw nowhere(frame.index)
    planes.push({ plane, rows, columns, mask })
  }
  if (planes.length > 0) yield* onStack(dataset, segment, planes, all, context)
}

function* onStack(
  dataset: Dataset,
  segment: SegmentDescription,
  planes: readonly DrawnPlane[],
  frames: readonly FrameDescription[],
  { find }: ReadContext,
): Generator<SegmentMask> {
  const referenced = dataset.items(0x00081115).flatMap((item) => item.code(0x0020000e) ?? [])
  const points = planes.map(({ plane, rows, columns }) => inPatient(plane, columns / 2, rows / 2))
  const stack = stackFor(find, { series: referenced, frameOfReference: dataset.code(0x00200052) }, points)
  const step = stepOf(dataset, frames) ?? stack.distance
  let any = false
  for (const slice of stack.slices) {
    const mask = resampled(planes, step, slice)
    if (!mask) continue
    any = true
    yield { segment, image: slice.image, mask }
  }
  if (!any) throw beside()
}

/** The image a frame was drawn on, if the library has it with the very same grid. */
function sameGrid(
  { sources, geometry }: FrameDescription,
  rows: number,
  columns: number,
  { find }: ReadContext,
): ImageIdentity | null {
  const images = sources.flatMap(({ uid, frame }) => find.byInstance(uid, frame) ?? [])
  return (
    images.find((image) => {
      if (image.rows !== rows || image.columns !== columns) return false
      const [drawn, own] = [planeOf({ rows, columns, geometry }), planeOf(image)]
      if (!drawn || !own) return images.length === 1
      return [
        [0.5, 0.5],
        [columns - 0.5, 0.5],
        [0.5, rows - 0.5],
      ].every(([x = 0, y = 0]) => apart(drawn, own, x, y) < SAME_PLACE)
    }) ?? null
  )
}

/** Millimetres between two places of one pixel. */
function apart(a: SlicePlane, b: SlicePlane, x: number, y: number): number {
  const [p, q] = [inPatient(a, x, y), inPatient(b, x, y)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

/** The least stored value that counts as inside. */
function thresholdOf(dataset: Dataset): number {
  if (dataset.code(0x00620001) !== 'FRACTIONAL') return 1
  return Math.max(1, Math.ceil((dataset.short(0x0062000e) ?? 255) * HALF))
}

/**
 * Millimetres from frame to frame: as the object says, else the least step between two of them; null where there is only
 * one. A segment may leave frames out, so the usual step of its own frames would be too long.
 */
function stepOf(dataset: Dataset, frames: readonly FrameDescription[]): number | null {
  const measures = dataset.item(0x52009229)?.item(0x00289110) ?? null
  const stated = measures?.decimal(0x00180088) ?? null
  if (stated !== null && stated > 0) return stated
  const planes = frames.flatMap(({ geometry }) => planeOf({ rows: 0, columns: 0, geometry }) ?? [])
  const [first] = planes
  if (!first) return null
  const heights = planes.map(({ origin }) => heightOver(first, origin)).sort((a, b) => a - b)
  const steps = heights.slice(1).map((height, at) => height - (heights[at] ?? height))
  const least = Math.min(...steps.filter((step) => step > SAME_PLACE))
  return Number.isFinite(least) ? least : (measures?.decimal(0x00180050) ?? null)
}

const beyondMeasure = (frames: number, segments: number) =>
  new LeptonError('INPUT_INVALID', {
    expected: `at most ${MOST_READS} frames to be read`,
    received: `${segments} segments in ${frames} frames`,
  })

const nowhere = (frame: number) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'frames that name an image of the library, or say where they lie in the patient',
    received: `frame ${frame + 1}, which does neither`,
    remedy: 'Take in the images it was drawn on first.',
  })

const beside = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'a segment that meets slices of the series',
    received: 'one that lies beside all of them',
  })
