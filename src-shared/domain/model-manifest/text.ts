import { z } from 'zod'

/** A text in the languages of the app. */
export const bilingual = z.strictObject({ en: z.string(), zh: z.string() })
export type Bilingual = z.infer<typeof bilingual>

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A path inside the package: forward slashes, no `..`, not absolute. */
export const packagePath = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))(?!\/)[\w.\-/]+$/, {
  error:
    'a path has to stay inside the package: letters, digits, . _ - and /, no .. and no / at its beginning',
})

/** `id@version` is how a model is named; an id is lower case with hyphens. */
export const modelId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
export const modelVersion = z.string().regex(/^\d+\.\d+\.\d+$/)
