import type { z } from 'zod'
import { type DraftManifest, draftManifest } from '#shared/contract/model-wizard'
import type { Json } from './json-path'

/** What is wrong with a value: it is missing, has not the right form, or lies outside its range. */
export type ProblemKind = 'missing' | 'format' | 'range' | 'other'

/** By path, e.g. `labels.0.id`. */
export type Problems = ReadonlyMap<string, ProblemKind>

const kinds: Partial<Record<z.core.$ZodIssue['code'], ProblemKind>> = {
  invalid_type: 'missing',
  invalid_format: 'format',
  too_small: 'range',
  too_big: 'range',
}

/** Texts a package should not be installed without, though the format takes empty ones. */
const wanted = ['name.en', 'name.zh', 'licence'] as const

/** A form's values as a manifest, or what keeps them from being one. */
export function readDraft(values: Json): { manifest: DraftManifest | null; problems: Problems } {
  const parsed = draftManifest.safeParse(values)
  const problems = new Map<string, ProblemKind>()
  if (!parsed.success) {
    for (const { path, code } of parsed.error.issues) problems.set(path.join('.'), kinds[code] ?? 'other')
    return { manifest: null, problems }
  }
  const { name, licence } = parsed.data
  const texts = [name.en, name.zh, licence]
  wanted.forEach((path, at) => {
    if (!texts[at]?.trim()) problems.set(path, 'missing')
  })
  return { manifest: parsed.data, problems }
}
