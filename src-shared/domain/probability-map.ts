import { z } from 'zod'

/**
 * How to place a quantised probability map over its image. The network saw the image on a grid of
 * mapRows x mapColumns; `crop` [x, y, width, height] is the part of that grid where any label rose above a
 * trace. The bytes hold one plane of crop width x height for each label, probability = byte / 255.
 */
export const mapInfo = z.object({
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  mapRows: z.number().int().positive(),
  mapColumns: z.number().int().positive(),
  crop: z.tuple([z.number().int(), z.number().int(), z.number().int(), z.number().int()]),
  labels: z.array(z.string()).min(1),
})
export type MapInfo = z.infer<typeof mapInfo>
