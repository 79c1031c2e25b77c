import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf } from '#main/file-hash'
import { LeptonError } from '#shared/domain/fault'
import { modelName } from '#shared/domain/model-manifest/index'
import type { ModelPackage } from '../package'

/**
 * Compares every file of a package with the hash its manifest gives; `again` reads them even if they seem
 * unchanged.
 * @throws MODEL_HASH_MISMATCH, or MODEL_INVALID where a file is missing.
 */
export async function checkHashes(model: ModelPackage, again = false): Promise<void> {
  for (const [file, wanted] of Object.entries(model.manifest.files)) {
    const sha256 = await hashOf(join(model.folder, file), again).catch((error: unknown) => {
      throw new LeptonError('MODEL_INVALID', {
        expected: `to read ${file} of ${modelName(model.manifest)}`,
        received: error instanceof Error ? error.message : String(error),
        remedy: 'Install the package again.',
      })
    })
    if (sha256 === wanted) continue
    throw new LeptonError('MODEL_HASH_MISMATCH', {
      expected: `${file} of ${modelName(model.manifest)} with SHA-256 ${wanted}`,
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
