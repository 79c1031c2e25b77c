import type { ByteSource } from '#main/imaging/byte-source'
import type { Dataset } from '#main/imaging/dicom/dataset'
import { openDicom } from '#main/imaging/dicom/instance'
import type { ParsedObject } from '#main/imaging/dicom/parse'
import { Tag } from '#main/imaging/dicom/tags'
import type { PixelBox } from '#shared/domain/deidentification'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'
import { outsideRegions } from './regions'
import { joinedBoxes, textLines } from './text-lines'

/** Frames of a loop that are looked at, evenly over it: banners stay, captions may come and go. */
const LOOKED_AT = 8

/** Rectangles of a file's frames in which text is found, or that lie outside of the ultrasound regions. */
export async function findBurnedIn(source: ByteSource, { dataset }: ParsedObject): Promise<PixelBox[]> {
  const instance = openDicom(source)
  const { frames } = instance.header.instance
  const step = Math.max(1, frames / LOOKED_AT)
  const boxes: PixelBox[] = []
  for (let at = 0; at < frames; at += step) {
    const frame = await instance.frame(Math.floor(at))
    boxes.push(...boxesOfFrame(frame, dataset))
  }
  return joinedBoxes(boxes)
}

function boxesOfFrame(frame: Frame, dataset: Dataset): PixelBox[] {
  const grey = greyOf(frame)
  const outside = dataset.has(Tag.SequenceOfUltrasoundRegions)
    ? outsideRegions(grey, frame.rows, frame.columns, dataset)
    : []
  return [...outside, ...textLines(grey, frame.rows, frame.columns)]
}

/** What the viewer would show first, in grey levels; of colours the strongest, for writing is often coloured. */
function greyOf(frame: Frame): Uint8Array {
  if (frame.samples === 1) return displayBytes(frame, initialWindow(frame))
  const grey = new Uint8Array(frame.rows * frame.columns)
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((sample) => frame.data[pixel * 3 + sample])
    grey[pixel] = Math.max(red, green, blue)
  }
  return grey
}
