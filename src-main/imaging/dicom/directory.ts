import type { ParsedObject } from './parse'
import { Tag } from './tags'

/** The most files a directory may name. */
const MOST = 200_000

/** The path components of each file that a DICOMDIR names (PS3.3, F.3.2.2); null where it is none. */
export function directoryReferences({ dataset }: ParsedObject): string[][] | null {
  if (!dataset.has(Tag.DirectoryRecordSequence)) return null
  return dataset
    .items(Tag.DirectoryRecordSequence)
    .map((record) => record.codes(Tag.ReferencedFileID))
    .filter((components) => components.length > 0)
    .slice(0, MOST)
}
