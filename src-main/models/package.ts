import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import {
  type EnsembleManifest,
  ensembleManifest,
  isEnsemble,
  type ModelManifest,
  networkManifest,
  type PackageManifest,
} from '#shared/domain/model-manifest/index'
import { checkManifest } from './check/manifest-rules'

/** A manifest is small; anything larger is not one. */
const MANIFEST_LIMIT = 1 << 20

/** Not models but the recipes that train them. */
const NOT_PACKAGES = new Set(['training'])

export interface ModelPackage {
  folder: string
  manifest: ModelManifest
  bundled: boolean
  /** A file that the manifest names and the folder lacks. */
  fault: Fault | null
  /** Of an ensemble, in its order. */
  members?: readonly ModelPackage[]
}

/** An ensemble whose members were not looked up yet. */
export interface EnsemblePackage {
  folder: string
  ensemble: EnsembleManifest
  bundled: boolean
  fault: Fault | null
}

/** A folder that looks like a package and has no manifest that can be read. */
export interface FaultyPackage {
  folder: string
  bundled: boolean
  fault: Fault
}

/** Folders of `parent` that hold a manifest.json, or whose folders do: `<id>` and `<id>/<version>`. */
export function packageFolders(parent: string): string[] {
  return foldersOf(parent)
    .filter((folder) => !NOT_PACKAGES.has(basename(folder)))
    .flatMap((folder) => (hasManifest(folder) ? [folder] : foldersOf(folder).filter(hasManifest)))
}

const hasManifest = (folder: string) => existsSync(join(folder, 'manifest.json'))

function foldersOf(parent: string): string[] {
  if (!existsSync(parent)) return []
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(parent, entry.name))
    .sort()
}

/** Reads a package's manifest and looks whether its files are there; their hashes are checked at first use. */
export function readPackage(
  folder: string,
  bundled: boolean,
): ModelPackage | EnsemblePackage | FaultyPackage {
  try {
    const manifest = readManifest(folder)
    const missing = Object.keys(manifest.files).find((file) => !existsSync(join(folder, file)))
    const fault = missing === undefined ? null : incomplete(missing)
    return isEnsemble(manifest)
      ? { folder, ensemble: manifest, bundled, fault }
      : { folder, manifest, bundled, fault }
  } catch (error) {
    return { folder, bundled, fault: faultOf(error) }
  }
}

/** @throws MODEL_INVALID with the reason */
export function readManifest(folder: string): PackageManifest {
  const file = join(folder, 'manifest.json')
  const bytes = statSync(file).size
  if (bytes > MANIFEST_LIMIT) {
    throw new LeptonError('MODEL_INVALID', {
      expected: `a manifest of at most ${MANIFEST_LIMIT} bytes`,
      received: `${bytes} bytes`,
    })
  }
  const stated = parseJson(readFileSync(file, 'utf8'))
  if (typeof stated === 'object' && stated !== null && 'members' in stated) {
    return parsed(ensembleManifest.safeParse(stated))
  }
  const manifest = parsed(networkManifest.safeParse(stated))
  checkManifest(manifest)
  return manifest
}

function parsed<Manifest>(result: z.ZodSafeParseResult<Manifest>): Manifest {
  if (result.success) return result.data
  throw new LeptonError('MODEL_INVALID', {
    expected: 'a manifest of format version 1',
    received: z.prettifyError(result.error),
    remedy: 'Correct manifest.json, or ask for the package again.',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LeptonError('MODEL_INVALID', { expected: 'manifest.json as JSON', received: String(error) })
  }
}

function incomplete(file: string): Fault {
  return new LeptonError('MODEL_INVALID', {
    expected: `the file ${file}`,
    received: 'no such file in the package',
    remedy: 'Install the package again.',
  }).toFault()
}
