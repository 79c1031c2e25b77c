import { z } from 'zod'

const bar = z.object({ name: z.string(), count: z.number().int() })

/** Counts of a data set, to be drawn; images are those of the question that are not excluded. */
export const dataSetStatistics = z.object({
  images: z.number().int(),
  annotated: z.number().int(),
  annotations: z.number().int(),
  subjects: z.number().int(),
  labels: z.array(z.object({ name: z.string(), images: z.number().int(), annotations: z.number().int() })),
  kinds: z.array(bar),
  states: z.array(bar),
  readers: z.array(bar),
  sexes: z.array(bar),
  /** Age at the study in decades, e.g. `40`; `` where not known. */
  ages: z.array(bar),
  devices: z.array(bar),
  /** Patients or stores with the most pictures. */
  subjectSizes: z.array(bar),
  /** Width x height of pictures. */
  pictureSizes: z.array(bar),
  /** Annotations by the share of the picture that their box takes, in steps of a factor of 4 up to 1. */
  shapeSizes: z.array(bar),
  /** Where boxes lie: how many cover each of 16 x 16 cells of the picture, row by row. */
  heat: z.array(z.number().int()),
})
export type DataSetStatistics = z.infer<typeof dataSetStatistics>

export const heatSide = 16
/** Upper ends of the steps of `shapeSizes`. */
export const shapeSteps = [1 / 4096, 1 / 1024, 1 / 256, 1 / 64, 1 / 16, 1 / 4, 1] as const
