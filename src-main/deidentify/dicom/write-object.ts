import { constants, deflateRawSync } from 'node:zlib'
import type { ParsedObject } from '#main/imaging/dicom/parse'
import { Tag } from '#main/imaging/dicom/tags'
import { EXPLICIT_LITTLE_UID } from '#main/imaging/dicom/transfer-syntax'
import type { Sink } from '../sink'
import { joined, type Written } from './encode'
import type { MaskedPixels } from './masked-pixels'
import { metaGroup } from './meta-group'
import { copyPixels } from './pixel-copy'

const IMPLICIT_LITTLE_UID = '1.2.840.10008.1.2'
const EXPLICIT_BIG_UID = '1.2.840.10008.1.2.2'

export interface ObjectParts {
  elements: readonly Written[]
  /** Null where the pixel data stay as they are. */
  masked: MaskedPixels | null
  /** New SOP Instance UID. */
  instance: string
}

/** Writes preamble, meta group, elements and pixel data in the layout of the original, deflated where that was. */
export async function writeObject(object: ParsedObject, parts: ObjectParts, sink: Sink): Promise<void> {
  const { dataset, syntax, mediaSopClass, pixels, source } = object
  const { elements, masked, instance } = parts
  const decompressed = masked !== null && syntax.compression !== 'none'
  const transferSyntax = decompressed ? EXPLICIT_LITTLE_UID : writtenSyntax(object)
  sink.write(metaGroup(dataset.code(Tag.SOPClassUID) ?? mediaSopClass ?? '', instance, transferSyntax))
  const pieces: Uint8Array[] = []
  const body: Sink = syntax.deflated ? { write: (bytes) => void pieces.push(bytes) } : sink
  body.write(joined(elements.map(({ bytes }) => bytes)))
  if (masked !== null) await masked.write(body)
  else if (pixels !== null) copyPixels(source, pixels, dataset.encoding, body)
  if (!syntax.deflated) return
  const deflated = deflateRawSync(joined(pieces), { level: constants.Z_DEFAULT_COMPRESSION })
  sink.write(deflated.length % 2 === 0 ? deflated : joined([deflated, new Uint8Array(1)]))
}

/** The syntax as stated, unless the bytes show another layout. */
function writtenSyntax({ syntax, dataset }: ParsedObject): string {
  const { explicit, little } = dataset.encoding
  if (explicit === syntax.encoding.explicit && little === syntax.encoding.little) return syntax.uid
  if (!little) return EXPLICIT_BIG_UID
  return explicit ? EXPLICIT_LITTLE_UID : IMPLICIT_LITTLE_UID
}
