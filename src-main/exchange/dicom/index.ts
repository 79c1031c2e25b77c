import type { Format, ReadableFormat } from '../types'
import { rtStructReader } from './rtstruct/read'
import { seg, segFractional } from './seg/formats'
import { segReader } from './seg/read'
import { sr } from './sr/format'

/** DICOM objects beside the images they belong to. */
export const dicomFormats: readonly Format[] = [seg, segFractional, sr]

/** DICOM objects that are read, reports first. */
export const dicomReaders: readonly ReadableFormat[] = [
  { id: 'seg', fileExtensions: ['*'], read: segReader },
  { id: 'rtstruct', fileExtensions: ['*'], read: rtStructReader },
]
