import type { Format, ReadableFormat } from '../types'
import { keyImage } from './key-image/format'
import { rtStructReader } from './rtstruct/read'
import { seg, segFractional } from './seg/formats'
import { segReader } from './seg/read'
import { sr } from './sr/format'
import { srReader } from './sr/read'

/** DICOM objects beside the images they belong to. */
export const dicomFormats: readonly Format[] = [seg, segFractional, sr, keyImage]

/** DICOM objects that are read, reports first. */
export const dicomReaders: readonly ReadableFormat[] = [
  { id: 'sr', fileExtensions: ['*'], read: srReader },
  { id: 'seg', fileExtensions: ['*'], read: segReader },
  { id: 'rtstruct', fileExtensions: ['*'], read: rtStructReader },
]
