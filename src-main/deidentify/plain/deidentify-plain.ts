import type { ByteSource } from '#main/imaging/byte-source'
import { LeptonError } from '#shared/domain/fault'
import type { ImageFormat } from '#shared/domain/image'
import { Pseudonyms } from '../pseudonyms'
import { Recorder } from '../recorder'
import type { Sink } from '../sink'
import type { Deidentified } from '../types'
import { stripJpeg } from './jpeg'
import { stripNifti } from './nifti'
import { stripNrrd } from './nrrd'
import { stripPng } from './png'
import { stripTiff } from './tiff'
import { stripWebp } from './webp'

type PlainFormat = Exclude<ImageFormat, 'dicom'>

const MAX_BYTES = 2 ** 30

const formats: Record<PlainFormat, (bytes: Uint8Array, recorder: Recorder) => Uint8Array[]> = {
  png: stripPng,
  jpeg: stripJpeg,
  webp: stripWebp,
  tiff: stripTiff,
  nifti: stripNifti,
  nrrd: stripNrrd,
}

const endings: Record<PlainFormat, string> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  tiff: 'tif',
  nifti: 'nii',
  nrrd: 'nrrd',
}

const isVolume = (format: PlainFormat) => format === 'nifti' || format === 'nrrd'

/**
 * Writes a picture or volume without anything but what it is drawn from, under a name that tells nothing. Throws
 * IMAGE_CORRUPT, IMAGE_UNSUPPORTED, NIFTI_INVALID, NRRD_INVALID, PIXELS_TOO_LARGE.
 */
export function deidentifyPlain(
  source: ByteSource,
  format: PlainFormat,
  { secret }: { secret: string },
  sink: Sink,
): Deidentified {
  if (source.size > MAX_BYTES) {
    throw new LeptonError('PIXELS_TOO_LARGE', {
      expected: `at most ${MAX_BYTES} bytes`,
      received: `${source.size}`,
    })
  }
  const recorder = new Recorder()
  const bytes = source.read(0, source.size)
  for (const part of formats[format](bytes, recorder)) sink.write(part)
  const name = new Pseudonyms(Buffer.from(secret, 'hex')).file(source.sha256())
  const packed = bytes[0] === 0x1f ? '.gz' : ''
  return {
    name: `${isVolume(format) ? 'volumes' : 'pictures'}/${name}.${endings[format]}${packed}`,
    report: {
      format,
      actions: recorder.actions,
      keptPrivate: [],
      keptText: [],
      risks: isVolume(format) ? [] : ['photograph'],
      masked: [],
      uncompressed: false,
    },
    keys: [],
  }
}
