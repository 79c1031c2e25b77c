import { z } from 'zod'

/** Application Entity title: up to 16 characters of the default repertoire, without backslash (PS3.5, table 6.2-1). */
export const aeTitle = z
  .string()
  .trim()
  .regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/)

/** UID of digits and dots, lenient about leading zeros as real archives are. */
export const uid = z
  .string()
  .max(64)
  .regex(/^\d+(\.\d+)*$/)

export const portNumber = z.number().int().min(1).max(65_535)

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(/^[\p{L}\p{N}_.:-]+$/u)

/** Without a name, password, query or fragment. */
const webUrl = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .regex(/^https?:\/\/[^/?#@\s]+(\/[^?#\s]*)?$/i)

/** Header fields that carry the message itself and cannot carry a secret. */
const ownHeaders = /^(host|content-.*|transfer-encoding|connection|upgrade|expect|te|trailer|accept.*)$/i

/** How a DICOMweb server knows who asks; the secret itself is kept apart. */
export const webAuth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('basic'),
    user: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\p{Cc}:]+$/u),
  }),
  z.object({ kind: z.literal('bearer') }),
  z.object({
    kind: z.literal('header'),
    name: z
      .string()
      .max(100)
      .regex(/^[\w!#$%&'*+.^`|~-]+$/)
      .refine((name) => !ownHeaders.test(name)),
  }),
])
export type WebAuth = z.infer<typeof webAuth>

/** Certificates in PEM that this source's own certificate may descend from, beside those of the system. */
const certificate = z
  .string()
  .max(100_000)
  .regex(/-----BEGIN CERTIFICATE-----/)
  .nullable()
  .default(null)

export const webPlace = z.object({
  kind: z.literal('dicomweb'),
  /** Base of the DICOMweb services, e.g. `https://pacs.example/dicom-web`. */
  url: webUrl,
  auth: webAuth,
  certificate,
})
export type WebPlace = z.infer<typeof webPlace>

export const dimsePlace = z.object({
  kind: z.literal('dimse'),
  host: hostName,
  port: portNumber,
  /** AE title of the archive, and the one this app calls itself by. */
  calledAe: aeTitle,
  callingAe: aeTitle,
  /** `move`: the archive opens an association of its own to this app's receiver. */
  retrieve: z.enum(['get', 'move']).default('get'),
  secure: z.boolean().default(false),
  certificate,
})
export type DimsePlace = z.infer<typeof dimsePlace>

export const sourcePlace = z.discriminatedUnion('kind', [webPlace, dimsePlace])
export type SourcePlace = z.infer<typeof sourcePlace>

/** An archive to search, fetch from and send to. */
export const source = z.object({
  id: z.number().int(),
  name: z.string(),
  place: sourcePlace,
  /** A password, token or header value is kept; it is never told. */
  secretKept: z.boolean(),
})
export type Source = z.infer<typeof source>

export const sourceDraft = z.object({
  name: z.string().trim().min(1).max(64),
  place: sourcePlace,
  /** Absent: the one that is kept stays, as long as it goes to the same place. */
  secret: z
    .string()
    .min(1)
    .max(8192)
    .regex(/^\P{Cc}+$/u)
    .optional(),
})
export type SourceDraft = z.infer<typeof sourceDraft>
