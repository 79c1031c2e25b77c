import { z } from 'zod'
import { metric } from './evidence'
import { packagePath } from './text'

/** A tensor of the golden sample: raw little-endian numbers in a file of the package. */
export const tensorSample = z.strictObject({
  name: z.string(),
  file: packagePath,
  shape: z.array(z.number().int().positive()),
  type: z.enum(['float32', 'uint8', 'int64']),
})

/** `float16`: half the bytes; arithmetic may still be in float32. */
export const precision = z.enum(['float32', 'float16', 'int8'])
export type Precision = z.infer<typeof precision>

/** One file of the same network: with what precision, what it must answer to the golden input, and what it loses. */
export const weights = z.strictObject({
  precision,
  file: packagePath,
  /** Golden outputs of this file. */
  outputs: z.array(tensorSample).min(1),
  /** Largest difference: absolute + relative * |value|. */
  tolerance: z.strictObject({ absolute: z.number().positive(), relative: z.number().min(0) }),
  /** Figures of this file where they were measured apart. */
  metrics: z.array(metric).default([]),
})
export type Weights = z.infer<typeof weights>
