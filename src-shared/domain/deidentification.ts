import { z } from 'zod'

/** What to do beyond the Basic Application Level Confidentiality Profile (PS3.15, annex E). */
export const deidentifyOptions = z.object({
  /** Retain Longitudinal Temporal Information with Modified Dates: every date moved by the same days per patient. */
  retainDates: z.boolean().default(false),
  /** Retain Device Identity. */
  retainDevice: z.boolean().default(false),
  /** Clean Descriptors: descriptions stay, without what is known of the patient. */
  cleanDescriptors: z.boolean().default(false),
  /** Clean Pixel Data: text found in the pixels is covered. */
  cleanPixels: z.boolean().default(false),
  /** Retain Safe Private: elements to keep, each as `gggg,"CREATOR",ee`. */
  keepPrivate: z.array(z.string().max(200)).max(2000).default([]),
})
export type DeidentifyOptions = z.infer<typeof deidentifyOptions>

/** What became of an element. Those that were kept as they are are not listed. */
export const elementAction = z.enum([
  'removed',
  'emptied',
  'dummy',
  'cleaned',
  'new-uid',
  'shifted',
  'pseudonym',
  'kept-private',
  'set',
])
export type ElementAction = z.infer<typeof elementAction>

/** What may still tell who it is. */
export const remainingRisk = z.enum([
  /** A head in slices thin enough to draw a face. */
  'face',
  /** Text was found in the pixels, or is likely there, and is not covered. */
  'burned-in-text',
  /** Text was written by people and kept after cleaning. */
  'free-text',
  'private-elements',
  /** Overlay planes in unused bits of the pixels. */
  'overlay-bits',
  /** A photograph, which may show people, signs or places. */
  'photograph',
])
export type RemainingRisk = z.infer<typeof remainingRisk>

/** A rectangle in pixels of the frame, counted from its top left corner. */
export const pixelBox = z.object({
  x: z.number().int().min(0),
  y: z.number().int().min(0),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})
export type PixelBox = z.infer<typeof pixelBox>

/** What was done to one file; names no one. */
export const fileReport = z.object({
  format: z.string(),
  actions: z.array(
    z.object({
      /** Eight hexadecimal digits, or the name of a chunk or field of other formats. */
      tag: z.string(),
      keyword: z.string(),
      action: elementAction,
      count: z.number().int(),
    }),
  ),
  keptPrivate: z.array(z.string()),
  /** Keywords of descriptions and other free text that stayed. */
  keptText: z.array(z.string()),
  risks: z.array(remainingRisk),
  masked: z.array(pixelBox),
  /** The compressed frames were written uncompressed, for boxes had to be covered. */
  uncompressed: z.boolean(),
})
export type FileReport = z.infer<typeof fileReport>

/** What a file said of the person, beside the pseudonyms that replace it: for the key table only. */
export const fileKeys = z.array(
  z.object({
    kind: z.enum(['patient', 'patient-name', 'days', 'study', 'series', 'instance', 'file']),
    original: z.string(),
    pseudonym: z.string(),
  }),
)
export type FileKeys = z.infer<typeof fileKeys>

/** A line of the preview: what one element says now and what it will say. */
export const previewLine = z.object({
  /** `(gggg,eeee)`, within sequences after those of the sequences; or a field of other formats. */
  tag: z.string(),
  keyword: z.string(),
  action: elementAction,
  before: z.string(),
  after: z.string(),
})
export type PreviewLine = z.infer<typeof previewLine>
