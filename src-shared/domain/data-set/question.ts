import { z } from 'zod'
import { annotationState } from '../annotation/annotation'

const texts = z.array(z.string().min(1)).max(1000)
const date = z.iso.date()

/** What a data set asks of the library; every field narrows it, an empty one is everything. */
export const dataSetQuestion = z.object({
  /** Words as the library's search takes them. */
  search: z.string().max(200).optional(),
  /** DICOM modality, or `PHOTO` for photographs. */
  modality: z.string().optional(),
  subjects: z.enum(['patient', 'store']).optional(),
  /** Part of the path of the file. */
  path: z.string().max(500).optional(),
  /** Date of the study, both ends included. */
  from: date.optional(),
  to: date.optional(),
  /** Pictures that carry one of these labels, and of annotations those alone. */
  labels: texts.optional(),
  /** Annotations of these readers alone. */
  readers: texts.optional(),
  /** Annotations in these states alone; all but rejected where absent. */
  states: z.array(annotationState).optional(),
  /** Pictures with annotations, without, or both. */
  annotated: z.enum(['yes', 'no', 'both']).default('both'),
})
export type DataSetQuestion = z.infer<typeof dataSetQuestion>
