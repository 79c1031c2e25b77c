import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** What to change of the tiny package; files are hashed afterwards. */
interface Change {
  manifest?: Partial<ModelManifest>
  files?: Record<string, Buffer>
}

/** Writes the tiny package with some of it changed, and its hashes true. */
export function writePackageWith(folder: string, { manifest = {}, files = {} }: Change = {}): ModelManifest {
  const original = writeTinyModel(folder).manifest
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), bytes)
  }
  const changed: ModelManifest = { ...original, files: hashesOf(folder), ...manifest }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(changed))
  return changed
}

/** Every file of a package with its bytes, its manifest included. */
export function membersOf(folder: string, below = ''): { name: string; bytes: Buffer }[] {
  return pathsOf(folder).map((path) => ({ name: below + path, bytes: readFileSync(join(folder, path)) }))
}

function hashesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    pathsOf(folder)
      .filter((path) => path !== 'manifest.json')
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  )
}

function pathsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    )
    .sort()
}
