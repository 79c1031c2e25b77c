import { hashOf } from '#main/file-hash'
import type { Member } from '../members/members'

/**
 * SHA-256 of the files behind images, by identity: the library's own where it knows it, else of the file as it is now.
 * Null for a file that is gone or cannot be read.
 */
export async function fileHashes(
  members: readonly Member[],
  pathOf: (imageId: number) => string,
): Promise<Map<string, string | null>> {
  const hashes = new Map<string, string | null>()
  for (const { identity, sha256, imageId } of members) {
    if (hashes.has(identity)) continue
    hashes.set(identity, sha256 ?? (await hashIfThere(() => pathOf(imageId))))
  }
  return hashes
}

async function hashIfThere(path: () => string): Promise<string | null> {
  try {
    return await hashOf(path(), true)
  } catch {
    return null
  }
}
