import { z } from 'zod'

/** Formats that series are saved in as volumes. */
export const volumeFormat = z.enum(['nifti', 'nrrd'])
export type VolumeFormat = z.infer<typeof volumeFormat>
