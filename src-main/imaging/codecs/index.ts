import { LeptonError } from '#shared/domain/fault'
import type { Compression } from '../dicom/transfer-syntax'
import { withBoundedSize, withSignedBytes } from './j2k-size'
import { decodeJpeg } from './jpeg'
import { decodeJpegLossless } from './jpeg-lossless'
import { type Decode, type Decoded, wasmDecode } from './wasm'

export { withSoundGrid } from './j2k-size'
export type { Decoded } from './wasm'

const bounded = (decode: Decode) => withBoundedSize(withSignedBytes(decode))

const jpegLs = wasmDecode(
  () => import('@cornerstonejs/codec-charls/decodewasm?url&inline'),
  async (wasmBinary, silent) => {
    const { default: create } = await import('@cornerstonejs/codec-charls/decodewasmjs')
    return (await create({ wasmBinary, ...silent })).JpegLSDecoder
  },
)

const jpeg2000 = bounded(
  wasmDecode(
    () => import('@cornerstonejs/codec-openjpeg/decodewasm?url&inline'),
    async (wasmBinary, silent) => {
      const { default: create } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs')
      return (await create({ wasmBinary, ...silent })).J2KDecoder
    },
  ),
)

const htj2k = bounded(
  wasmDecode(
    () => import('@cornerstonejs/codec-openjph/wasm?url&inline'),
    async (wasmBinary, silent) => {
      const { default: create } = await import('@cornerstonejs/codec-openjph/wasmjs')
      return (await create({ wasmBinary, ...silent })).HTJ2KDecoder
    },
  ),
)

const jpegXl = wasmDecode(
  () => import('@cornerstonejs/codec-libjxl/decodewasm?url&inline'),
  async (wasmBinary, silent) => {
    const { default: create } = await import('@cornerstonejs/codec-libjxl/decodewasmjs')
    return (await create({ wasmBinary, ...silent })).JpegXLDecoder
  },
)

const decoders: Partial<Record<Compression, Decode>> = {
  'jpeg-lossless': decodeJpegLossless,
  'jpeg-ls': jpegLs,
  'jpeg-2000': jpeg2000,
  htj2k,
  'jpeg-xl': jpegXl,
}

/** How JPEG colours are to be read. */
export interface JpegColour {
  /** Whether the object says its pixels are RGB. */
  statedRgb: boolean
  /** Leave the components as they are stored. */
  raw: boolean
}

/** Decodes a code stream. Throws PIXELS_CORRUPT, PIXELS_TOO_LARGE or TRANSFER_SYNTAX_UNSUPPORTED. */
export function decodeStream(
  compression: Compression,
  codeStream: Uint8Array,
  colour: JpegColour,
): Promise<Decoded> {
  if (compression === 'jpeg') return decodeJpeg(codeStream, colour)
  const decode = decoders[compression]
  if (decode === undefined) throw new LeptonError('TRANSFER_SYNTAX_UNSUPPORTED', { received: compression })
  return decode(codeStream)
}
