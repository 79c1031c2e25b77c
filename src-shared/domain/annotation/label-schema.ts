import { z } from 'zod'
import { shapeKinds } from './shape'

const key = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u, 'letters, digits, dots, dashes and underscores')
const twoNames = z.object({ en: z.string().min(1), zh: z.string().min(1) })

/** A code of a terminology, e.g. { scheme: 'SCT', value: '4147007', meaning: 'Mass' }; GTINs have the scheme `GTIN`. */
export const labelCode = z.object({
  scheme: z.string().min(1),
  value: z.string().min(1),
  meaning: z.string().min(1),
})
export type LabelCode = z.infer<typeof labelCode>

/** A question asked about every annotation of a label. */
export const labelAttribute = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('select'),
    key,
    name: twoNames,
    several: z.boolean().default(false),
    options: z.array(z.object({ key, name: twoNames })).min(1),
  }),
  z.object({
    type: z.literal('number'),
    key,
    name: twoNames,
    unit: z.string().default(''),
    least: z.number().nullable().default(null),
    most: z.number().nullable().default(null),
  }),
  z.object({ type: z.literal('text'), key, name: twoNames }),
])
export type LabelAttribute = z.infer<typeof labelAttribute>

export const schemaLabel = z.object({
  key,
  name: twoNames,
  /** #rrggbb. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/u),
  /** A single key that chooses the label; null for none. */
  hotKey: z.string().length(1).nullable().default(null),
  code: labelCode.nullable().default(null),
  /** Shapes it may have; empty: any. */
  tools: z.array(z.enum(shapeKinds)).default([]),
  attributes: z.array(labelAttribute).default([]),
})
export type SchemaLabel = z.infer<typeof schemaLabel>

/** The labels a project works with. A change makes a new version; older ones are kept. */
export const labelSchema = z.object({
  format: z.literal('lepton-label-schema'),
  formatVersion: z.literal(1),
  id: key,
  version: z.number().int().positive(),
  name: twoNames,
  labels: z.array(schemaLabel).min(1),
})
export type LabelSchema = z.infer<typeof labelSchema>
