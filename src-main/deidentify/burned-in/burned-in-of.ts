import { openFile } from '#main/imaging/byte-source'
import { parseObject } from '#main/imaging/dicom/parse'
import { SNIFF_LENGTH, sniff } from '#main/imaging/sniff'
import type { PixelBox } from '#shared/domain/deidentification'
import { burnedInText } from '../dicom/risks'
import { findBurnedIn } from './find'

/**
 * Whether a file is of a kind that carries writing in its pixels, and where some was found; formats other than DICOM
 * are not looked at. Throws what decoding throws.
 */
export async function burnedInOf(path: string): Promise<{ likely: boolean; boxes: PixelBox[] }> {
  const { source } = openFile(path, { whole: true })
  try {
    if (sniff(source.read(0, SNIFF_LENGTH)) !== 'dicom') return { likely: false, boxes: [] }
    const object = parseObject(source)
    const likely = object.pixels !== null && burnedInText(object.dataset) !== 'unlikely'
    return { likely, boxes: likely ? await findBurnedIn(source, object) : [] }
  } finally {
    source.close()
  }
}
