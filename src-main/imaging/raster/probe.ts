import { LeptonError } from '#shared/domain/fault'
import type { ImageFormat } from '#shared/domain/image'
import type { ByteSource } from '../byte-source'
import { probeJpeg } from './probe-jpeg'
import { probePng } from './probe-png'
import { probeTiff } from './probe-tiff'
import { probeWebp } from './probe-webp'

/** What the header of a picture says, before EXIF orientation is applied. */
export interface Probe {
  rows: number
  columns: number
  /** Colours without alpha: 1 or 3. */
  samples: 1 | 3
  /** Of a sample, as stored: 1 to 32. */
  bits: number
  /** 1 to 8. */
  orientation: number
  lossy: boolean
}

export type RasterFormat = Exclude<ImageFormat, 'dicom' | 'nifti' | 'nrrd'>

const probes: Record<RasterFormat, (source: ByteSource) => Probe | null> = {
  png: probePng,
  jpeg: probeJpeg,
  tiff: probeTiff,
  webp: probeWebp,
}

/** Reads size, depth and orientation of a picture without decoding it. Throws IMAGE_CORRUPT. */
export function probe(source: ByteSource, format: RasterFormat): Probe {
  let found: Probe | null
  try {
    found = probes[format](source)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    found = null
  }
  if (found === null || found.rows < 1 || found.columns < 1) {
    const received = 'one that ends early or contradicts itself'
    throw new LeptonError('IMAGE_CORRUPT', { expected: `a ${format.toUpperCase()} header`, received })
  }
  return found
}
