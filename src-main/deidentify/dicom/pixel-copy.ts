import type { ByteSource } from '#main/imaging/byte-source'
import { viewOf } from '#main/imaging/dicom/dataset'
import { type Element, type Encoding, UNDEFINED_LENGTH } from '#main/imaging/dicom/encoding'
import { LeptonError } from '#shared/domain/fault'
import type { Sink } from '../sink'
import { header } from './encode'

const CHUNK = 4 * 2 ** 20
const ITEM = 0xfffee000
const SEQUENCE_END = 0xfffee0dd

/** Copies a pixel data element byte by byte. Throws PIXELS_CORRUPT where the file ends before it does. */
export function copyPixels(source: ByteSource, pixels: Element, encoding: Encoding, sink: Sink): void {
  const delimited = pixels.length === UNDEFINED_LENGTH
  const length = delimited ? fragmentsLength(source, pixels.offset) : pixels.length
  if (pixels.offset + length > source.size) {
    throw corrupt(`${pixels.length} bytes of pixel data`, String(source.size - pixels.offset))
  }
  sink.write(header(pixels.tag, pixels.vr, pixels.length + (delimited ? 0 : length % 2), encoding))
  for (let done = 0; done < length; done += CHUNK) {
    sink.write(source.read(pixels.offset + done, Math.min(CHUNK, length - done)))
  }
  if (delimited) sink.write(header(SEQUENCE_END, '', 0, encoding))
  else if (length % 2 === 1) sink.write(new Uint8Array(1))
}

/** Bytes of all fragments with their headers. */
function fragmentsLength(source: ByteSource, start: number): number {
  for (let position = start; position + 8 <= source.size; ) {
    const view = viewOf(source.read(position, 8))
    const tag = view.getUint16(0, true) * 0x10000 + view.getUint16(2, true)
    if (tag === SEQUENCE_END) return position - start
    const end = position + 8 + view.getUint32(4, true)
    if (tag !== ITEM || end > source.size) throw corrupt('a fragment', 'something else')
    position = end
  }
  // some writers leave the end out
  return source.size - start
}

function corrupt(expected: string, received: string): LeptonError {
  return new LeptonError('PIXELS_CORRUPT', { expected, received, remedy: 'Ask for the file again.' })
}
