import { LeptonError } from '#shared/domain/fault'
import type { ExportAnnotation, ExportImage, WriteContext } from '../../types'

/** Tells of what a format cannot say of an annotation, and what became of it. */
export function cannotSay(
  context: WriteContext,
  image: ExportImage,
  annotation: ExportAnnotation,
  what: string,
  instead: string,
): void {
  const { path, imageId } = image.identity
  // a variant is no image of the library
  const item = image.derived ? { path } : { path, imageId }
  context.skipped(
    item,
    new LeptonError('FORMAT_LIMIT', {
      expected: 'what the format can say',
      received: `${what} of ${annotation.label}`,
      remedy: instead,
    }),
  )
}
