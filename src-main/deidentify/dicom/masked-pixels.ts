import { dictionaryEntry } from '#main/imaging/dicom/data-dictionary'
import type { Encoding } from '#main/imaging/dicom/encoding'
import type { ParsedObject } from '#main/imaging/dicom/parse'
import { type PixelModule, readPixelModule } from '#main/imaging/dicom/pixel-module'
import { type StoredFrame, storedFrames } from '#main/imaging/dicom/stored'
import { Tag } from '#main/imaging/dicom/tags'
import type { PixelBox } from '#shared/domain/deidentification'
import { LeptonError } from '#shared/domain/fault'
import type { Sink } from '../sink'
import { encodeElement, header, type Written } from './encode'
import { vrIn } from './statement'

const MAX_VALUE = 0xfffffffe

/** Frames to be written uncompressed with rectangles covered, and the elements that then describe them. */
export interface MaskedPixels {
  elements: Written[]
  write(sink: Sink): Promise<void>
}

/**
 * Decodes every frame, covers the boxes in all of them with black and writes them uncompressed in the encoding of
 * the data set. Throws IMAGE_UNSUPPORTED for samples that are not 8, 16 or 32 bit integers.
 */
export async function maskedPixels(object: ParsedObject, boxes: readonly PixelBox[]): Promise<MaskedPixels> {
  const module = readPixelModule(object)
  const { encoding } = object.dataset
  const width = module.bitsAllocated / 8
  const partial = module.photometric.startsWith('YBR_PARTIAL')
  if (module.kind !== 'integer' || ![1, 2, 4].includes(width) || partial) {
    throw new LeptonError('IMAGE_UNSUPPORTED', {
      expected: 'integer samples of 8, 16 or 32 bits, grey, palette, RGB or YBR_FULL, to cover text in',
      received: `${module.bitsAllocated} bits, ${module.kind}, ${module.photometric}`,
      remedy: 'Leave this file out, or export it without covering its pixels.',
    })
  }
  const frames = storedFrames(object, module)
  const length = module.frames * module.rows * module.columns * module.samples * width
  if (length > MAX_VALUE) {
    throw new LeptonError('PIXELS_TOO_LARGE', {
      expected: 'at most 4 GB uncompressed',
      received: `${length} bytes`,
    })
  }
  const first = await frames.read(0)
  return {
    elements: description(first, module, encoding),
    async write(sink) {
      const vr = vrIn(encoding, width > 1 ? 'OW' : 'OB')
      sink.write(header(Tag.PixelData, vr, length + (length % 2), encoding))
      for (let index = 0; index < module.frames; index++) {
        const frame = index === 0 ? first : await frames.read(index)
        cover(frame, boxes)
        sink.write(bytesOfFrame(frame, width, encoding.little))
      }
      if (length % 2 === 1) sink.write(new Uint8Array(1))
    },
  }
}

function description(frame: StoredFrame, { bitsStored }: PixelModule, encoding: Encoding): Written[] {
  const short = (value: number) => {
    const bytes = new Uint8Array(2)
    new DataView(bytes.buffer).setUint16(0, value, encoding.little)
    return bytes
  }
  // chroma is no longer subsampled
  const photometric = frame.photometric === 'YBR_FULL_422' ? 'YBR_FULL' : frame.photometric
  const values: [number, Uint8Array][] = [
    [Tag.PhotometricInterpretation, Buffer.from(photometric, 'latin1')],
    [Tag.HighBit, short(bitsStored - 1)],
  ]
  if (frame.samples > 1) values.push([Tag.PlanarConfiguration, short(0)])
  return values.map(([tag, value]) => ({
    tag,
    bytes: encodeElement(tag, vrIn(encoding, dictionaryEntry(tag)?.vr ?? 'UN'), value, encoding),
  }))
}

/** Black: the least value, of inverted grey the greatest, of YBR neutral chroma. */
function cover({ data, rows, columns, samples, photometric }: StoredFrame, boxes: readonly PixelBox[]): void {
  let grey = 0
  if (samples === 1 && photometric !== 'PALETTE COLOR') {
    const inverted = photometric === 'MONOCHROME1'
    for (const value of data) grey = inverted ? Math.max(grey, value) : Math.min(grey, value)
  }
  const black = samples === 1 ? [grey] : photometric.startsWith('YBR_FULL') ? [0, 128, 128] : [0, 0, 0]
  for (const box of boxes) {
    const right = Math.min(columns, box.x + box.width)
    for (let y = box.y; y < Math.min(rows, box.y + box.height); y++) {
      for (let x = box.x; x < right; x++) data.set(black, (y * columns + x) * samples)
    }
  }
}

function bytesOfFrame({ data }: StoredFrame, width: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(data.length * width)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < data.length; index++) {
    const value = data[index] as number
    if (width === 1) view.setUint8(index, value)
    else if (width === 2) view.setUint16(index * 2, value, little)
    else view.setUint32(index * 4, value, little)
  }
  return bytes
}
