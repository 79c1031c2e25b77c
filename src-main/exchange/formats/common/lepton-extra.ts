import { z } from 'zod'
import { shape } from '#shared/domain/annotation/shape'
import type { ExportAnnotation } from '../../types'

/** What a format of JSON holds besides its own fields, under the name `lepton`, so that nothing is lost on the way back. */
export const leptonExtra = z.object({
  object: z.string().optional(),
  reader: z.string().optional(),
  note: z.string().optional(),
  state: z.string().optional(),
  model: z.string().optional(),
  /** Where the format itself holds no more than an approximation. */
  shape: shape.optional(),
})

/** @param exact whether the format's own fields hold the shape as it is. */
export function extraOf(annotation: ExportAnnotation, exact: boolean): z.infer<typeof leptonExtra> {
  const { objectId, reader, note, state, origin } = annotation
  return {
    object: objectId,
    reader,
    state,
    ...(note !== '' && { note }),
    ...(origin && { model: `${origin.modelId}@${origin.modelVersion}` }),
    ...(!exact && { shape: annotation.shape }),
  }
}

/** The extra fields as the import takes them. */
export function importedExtra(extra: z.infer<typeof leptonExtra> | undefined) {
  return {
    object: extra?.object ?? null,
    reader: extra?.reader ?? null,
    note: extra?.note ?? '',
  }
}
