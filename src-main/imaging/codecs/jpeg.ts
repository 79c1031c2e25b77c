import { LeptonError } from '#shared/domain/fault'
import type { JpegColour } from '.'
import { decodeJpegDct } from './jpeg-dct'
import { type JpegSegments, readJpegSegments } from './jpeg-segments'
import { checkCoded, type Decoded, wasmDecode } from './wasm'

const turbo = wasmDecode(
  () => import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url&inline'),
  async (wasmBinary, silent) => {
    const { default: create } = await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')
    return (await create({ wasmBinary, ...silent })).JPEGDecoder
  },
)

const RGB_IDS = 'RGB'
const KEEP = 0
const YCC_TO_RGB = 1

/** Decodes DCT-based JPEG of 8 or 12 bits. Throws PIXELS_CORRUPT or TRANSFER_SYNTAX_UNSUPPORTED. */
export async function decodeJpeg(codeStream: Uint8Array, colour: JpegColour): Promise<Decoded> {
  const segments = readJpegSegments(codeStream)
  if (segments === null) throw new LeptonError('PIXELS_CORRUPT', { expected: 'a JPEG frame header' })
  checkCoded(segments.rows, segments.columns, segments.componentIds.length)
  if (segments.precision === 12) return decodeJpegDct(codeStream)
  if (segments.componentIds.length !== 3) return turbo(codeStream)
  const ycc = isYcc(segments, colour.statedRgb)
  const transform = ycc && !colour.raw ? YCC_TO_RGB : KEEP
  const decoded = await turbo(withTransform(codeStream, segments, transform))
  return { ...decoded, colour: ycc && colour.raw ? 'YBR_FULL' : 'RGB' }
}

/** The stream says it before the object does: many objects call themselves RGB and are not. */
function isYcc({ adobe, jfif, componentIds }: JpegSegments, statedRgb: boolean): boolean {
  if (adobe !== null) return adobe === YCC_TO_RGB
  if (jfif) return true
  if (String.fromCharCode(...componentIds) === RGB_IDS) return false
  return !statedRgb
}

/** The stream with an Adobe segment that orders this colour transform instead of what stood there. */
function withTransform(bytes: Uint8Array, { application }: JpegSegments, transform: number): Uint8Array {
  const adobe = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform]
  const parts = [bytes.subarray(0, 2), Uint8Array.from(adobe)]
  let from = 2
  for (const { start, end } of application) {
    parts.push(bytes.subarray(from, start))
    from = end
  }
  return Buffer.concat([...parts, bytes.subarray(from)])
}
