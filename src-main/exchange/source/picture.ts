import type { Engine, Variation } from '#main/engine/types'
import type { ExportImage, ImageIdentity } from '../types'

/** What an export asks of the engine. */
export type PictureEngine = Pick<
  Engine,
  'frame' | 'labelImages' | 'variant' | 'variantShapes' | 'writePicture'
>

/** The pixels of an image or of a variant of it; the engine decodes, varies and encodes them. */
export function pictureOf(
  engine: PictureEngine,
  { source: path, frame, rows, columns }: ImageIdentity,
  variation: Variation | null = null,
): Pick<ExportImage, 'pixels' | 'write' | 'writeLabels'> {
  const source = { path, frame }
  return {
    pixels: () => (variation ? engine.variant(source, variation) : engine.frame(source)),
    write: (target, { format, colour = false }) =>
      engine.writePicture({ source, target, variation, format, channels: colour ? 3 : null }),
    writeLabels: (regions, files) => engine.labelImages({ rows, columns, regions: [...regions], ...files }),
  }
}
