import { LeptonError } from '#shared/domain/fault'
import { type Photometric, photometric as photometricTerm } from '#shared/domain/image'
import { MAX_FRAME_BYTES, MAX_FRAMES, MAX_SAMPLES } from '../limits'
import type { ParsedObject } from './parse'
import { objectName } from './sop-class'
import { Tag } from './tags'

/** The Image Pixel module (PS3.3, C.7.6.3), checked. */
export interface PixelModule {
  rows: number
  columns: number
  frames: number
  samples: number
  photometric: Photometric
  /** Samples of one colour lie together instead of those of one pixel. */
  planar: boolean
  bitsAllocated: number
  bitsStored: number
  highBit: number
  signed: boolean
  kind: 'integer' | 'float'
}

/** Reads and checks the pixel description. Throws DICOM_NO_PIXELS, DICOM_INVALID or PIXELS_TOO_LARGE. */
export function readPixelModule({
  dataset,
  pixels,
  mediaSopClass,
  damage,
  source,
}: ParsedObject): PixelModule {
  if (pixels === null) {
    if (damage !== null) throw damage
    const received = objectName(dataset.code(Tag.SOPClassUID) ?? mediaSopClass, dataset.code(Tag.Modality))
    throw new LeptonError('DICOM_NO_PIXELS', { expected: 'an image', received })
  }
  const rows = dataset.short(Tag.Rows) ?? 0
  const columns = dataset.short(Tag.Columns) ?? 0
  const samples = dataset.short(Tag.SamplesPerPixel) ?? 1
  const frames = Math.max(1, Math.trunc(dataset.decimal(Tag.NumberOfFrames) ?? 1))
  if (rows === 0 || columns === 0) throw invalid('rows and columns', `${rows} x ${columns}`)
  if (frames > source.size) throw invalid('frames that the file can hold', String(frames))
  if (samples !== 1 && samples !== 3) throw invalid('1 or 3 samples per pixel', String(samples))
  const module: PixelModule = {
    rows,
    columns,
    frames,
    samples,
    photometric: readPhotometric(dataset.code(Tag.PhotometricInterpretation), samples),
    planar: dataset.short(Tag.PlanarConfiguration) === 1,
    ...readBits(dataset.shorts(Tag.BitsAllocated)[0], dataset, pixels.tag),
  }
  checkSize(module)
  return module
}

function checkSize({ rows, columns, samples, frames, photometric, bitsAllocated }: PixelModule): void {
  const shown = rows * columns * (photometric === 'PALETTE COLOR' ? 3 : samples)
  const bytes = rows * columns * samples * Math.ceil(bitsAllocated / 8)
  if (shown <= MAX_SAMPLES && bytes <= MAX_FRAME_BYTES && frames <= MAX_FRAMES) return
  throw new LeptonError('PIXELS_TOO_LARGE', {
    expected: `at most ${MAX_SAMPLES} samples and ${MAX_FRAME_BYTES} bytes a frame, ${MAX_FRAMES} frames`,
    received: `${rows} x ${columns} x ${samples} of ${bitsAllocated} bits, ${frames} frames`,
  })
}

function readBits(allocated: number | undefined, dataset: ParsedObject['dataset'], pixelTag: number) {
  if (pixelTag === Tag.FloatPixelData || pixelTag === Tag.DoubleFloatPixelData) {
    const bits = pixelTag === Tag.FloatPixelData ? 32 : 64
    return { bitsAllocated: bits, bitsStored: bits, highBit: bits - 1, signed: true, kind: 'float' as const }
  }
  const bitsAllocated = allocated ?? 0
  if (bitsAllocated < 1 || bitsAllocated > 64) throw invalid('1 to 64 bits allocated', String(bitsAllocated))
  const stored = dataset.short(Tag.BitsStored) ?? bitsAllocated
  const bitsStored = stored >= 1 && stored <= bitsAllocated ? stored : bitsAllocated
  const high = dataset.short(Tag.HighBit) ?? bitsStored - 1
  const highBit = high >= bitsStored - 1 && high < bitsAllocated ? high : bitsStored - 1
  const signed = dataset.short(Tag.PixelRepresentation) === 1
  return { bitsAllocated, bitsStored, highBit, signed, kind: 'integer' as const }
}

/** Objects from before the attribute was required have none; grey and RGB are meant. */
function readPhotometric(term: string | null, samples: number): Photometric {
  if (term === null) return samples === 1 ? 'MONOCHROME2' : 'RGB'
  const known = photometricTerm.safeParse(term)
  if (!known.success) throw invalid(photometricTerm.options.join(', '), term)
  const colour = !known.data.startsWith('MONOCHROME') && known.data !== 'PALETTE COLOR'
  if (colour !== (samples === 3)) throw invalid(`samples that fit ${term}`, String(samples))
  return known.data
}

function invalid(expected: string, received: string): LeptonError {
  return new LeptonError('DICOM_INVALID', { expected, received })
}
