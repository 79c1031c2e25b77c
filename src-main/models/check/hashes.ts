import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { LeptonError } from '#shared/domain/fault'
import type { ModelPackage } from '../package'

/** Hashes already computed, by path; valid while size and time of change stay. */
const known = new Map<string, { stamp: string; sha256: string }>()

/**
 * Compares every file of a package with the hash its manifest gives; `again` reads them even if they seem
 * unchanged.
 * @throws MODEL_HASH_MISMATCH, or MODEL_INVALID where a file is missing.
 */
export async function checkHashes(model: ModelPackage, again = false): Promise<void> {
  for (const [file, wanted] of Object.entries(model.manifest.files)) {
    const sha256 = await hashOf(join(model.folder, file), again).catch((error: unknown) => {
      throw new LeptonError('MODEL_INVALID', {
        expected: `to read ${file}`,
        received: error instanceof Error ? error.message : String(error),
        remedy: 'Install the package again.',
      })
    })
    if (sha256 === wanted) continue
    throw new LeptonError('MODEL_HASH_MISMATCH', {
      expected: `${file} with SHA-256 ${wanted}`,
      received: sha256,
      remedy: 'Install the package again from where it was published.',
    })
  }
}

/** Bytes of each file of a package that the manifest names; 0 where it is missing. */
export async function sizesOf(model: ModelPackage): Promise<Record<string, number>> {
  const sizes = await Promise.all(
    Object.keys(model.manifest.files).map((file) =>
      stat(join(model.folder, file)).then(
        ({ size }) => [file, size] as const,
        () => [file, 0] as const,
      ),
    ),
  )
  return Object.fromEntries(sizes)
}

/** SHA-256 of a file in hex; read again where `again` says so or the file seems changed. */
export async function hashOf(path: string, again = false): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const stamp = `${size} ${mtimeMs}`
  const before = known.get(path)
  if (before?.stamp === stamp && !again) return before.sha256
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  const sha256 = hash.digest('hex')
  known.set(path, { stamp, sha256 })
  return sha256
}
