import type { Format } from '../types'

/** DICOM objects beside the images they belong to. */
export const dicomFormats: readonly Format[] = []
