import type { Format } from '../types'
import { seg, segFractional } from './seg/formats'
import { sr } from './sr/format'

/** DICOM objects beside the images they belong to. */
export const dicomFormats: readonly Format[] = [seg, segFractional, sr]
