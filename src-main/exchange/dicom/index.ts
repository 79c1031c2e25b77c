import type { Format } from '../types'
import { seg, segFractional } from './seg/formats'

/** DICOM objects beside the images they belong to. */
export const dicomFormats: readonly Format[] = [seg, segFractional]
