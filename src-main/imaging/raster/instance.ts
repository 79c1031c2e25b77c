import { type Orientation, Transformer } from '@napi-rs/image'
import { LeptonError } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'
import type { ByteSource } from '../byte-source'
import { colourFrame, greyFrame } from '../frames'
import type { OpenInstance } from '../instance'
import { MAX_PICTURE_BYTES } from '../limits'
import { emptyHeader } from '../plain-header'
import type { Samples } from '../samples'
import { pixelsOf } from './pixels'
import { type Probe, probe, type RasterFormat } from './probe'

/** Eight-bit grey as it is. */
const IDENTITY = { center: 128, width: 256, explanation: '' }
/** Orientations from here on swap rows and columns. */
const FIRST_TRANSPOSED = 5

/** The header of a photograph or other picture. Throws IMAGE_CORRUPT or PIXELS_TOO_LARGE. */
export function rasterHeader(source: ByteSource, format: RasterFormat): InstanceHeader {
  return headerOf(probe(source, format), format)
}

/** Opens a picture. It is decoded when its frame is asked for, upright as EXIF says. Throws as `rasterHeader`. */
export function openRaster(source: ByteSource, format: RasterFormat): OpenInstance {
  const found = probe(source, format)
  const header = headerOf(found, format)
  const decode = async (index: number): Promise<Samples> => {
    if (index !== 0) throw new LeptonError('FRAME_OUT_OF_RANGE', { expected: '0', received: `${index}` })
    const { rows, columns, samples } = header.instance
    const bytes = await decoded(source, found.orientation)
    return { rows, columns, samples, data: pixelsOf(bytes, rows * columns, found) }
  }
  return {
    header,
    sha256: () => source.sha256(),
    close: () => source.close(),
    storedFrame: async (index) => ({ ...(await decode(index)), photometric: header.instance.photometric }),
    frame: async (index) => {
      const picture = await decode(index)
      const { data, samples } = picture
      if (samples === 3 && data instanceof Uint8Array) return colourFrame(picture, data)
      return { ...greyFrame(picture, data), windows: header.instance.windows }
    },
  }
}

async function decoded(source: ByteSource, orientation: number): Promise<Uint8Array> {
  try {
    const picture = new Transformer(source.read(0, source.size))
    const upright = orientation === 1 ? picture : picture.rotate(orientation as Orientation)
    // Copied, for memory of a native addon cannot be handed to another thread.
    return new Uint8Array(await upright.rawPixels())
  } catch (cause) {
    throw fault(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** The decoder tells what it cannot do from what is broken in words only. */
function fault(received: string, cause: unknown): LeptonError {
  if (!/not support|unsupported|can only parse/i.test(received)) {
    return new LeptonError('IMAGE_CORRUPT', { expected: 'a picture that decodes', received, cause })
  }
  const remedy = 'Save it as grey or RGB of 8 or 16 bits.'
  return new LeptonError('IMAGE_UNSUPPORTED', {
    expected: 'grey or RGB of 8 or 16 bits',
    received,
    remedy,
    cause,
  })
}

function headerOf(
  { rows, columns, samples, bits, orientation, lossy }: Probe,
  format: RasterFormat,
): InstanceHeader {
  // all but JPEG may hold alpha, which their headers do not always tell
  const channels = format === 'jpeg' ? samples : samples === 1 ? 2 : 4
  if (rows * columns * channels * (bits > 8 ? 2 : 1) > MAX_PICTURE_BYTES) {
    throw new LeptonError('PIXELS_TOO_LARGE', {
      expected: `at most ${MAX_PICTURE_BYTES / 2 ** 20} MB once decoded`,
      received: `${columns} x ${rows} of ${bits} bits`,
    })
  }
  const transposed = orientation >= FIRST_TRANSPOSED
  const depth = bits > 8 && samples === 1 ? 16 : 8
  const upright = { rows: transposed ? columns : rows, columns: transposed ? rows : columns }
  const plain = emptyHeader(format, { ...upright, samples, bits: depth })
  const windows = samples === 1 && depth === 8 ? [IDENTITY] : []
  return { ...plain, instance: { ...plain.instance, lossy, windows, exifOrientation: orientation } }
}
