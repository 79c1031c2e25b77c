import { forEachSetRun } from '#shared/geometry/rle'
import type { ExportSeries } from '../../types'
import type { Segment } from '../seg/segments'

/** Standardized uptake value by body weight (g/ml) of an object. */
export interface Uptake {
  mean: number
  maximum: number
}

/** Null where the images are no PET, or say too little for it. Throws as the decoder does. */
export async function uptakeOf(
  { slices }: Segment,
  { identity, images }: ExportSeries,
): Promise<Uptake | null> {
  if (identity.series.modality !== 'PT') return null
  let [sum, pixels, maximum] = [0, 0, Number.NEGATIVE_INFINITY]
  for (const { place, mask } of slices) {
    const frame = await images[place]?.pixels()
    if (frame?.unit !== 'SUVbw') return null
    const { data, slope, intercept } = frame
    forEachSetRun(mask, (start, length) => {
      for (let at = start; at < start + length; at++) {
        const value = Number(data[at] ?? 0) * slope + intercept
        sum += value
        if (value > maximum) maximum = value
      }
      pixels += length
    })
  }
  return pixels === 0 ? null : { mean: sum / pixels, maximum }
}
