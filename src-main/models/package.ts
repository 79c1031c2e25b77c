import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Fault, faultOf, LeptonError } from '#shared/domain/fault'
import { type ModelManifest, modelManifest } from '#shared/domain/model-manifest/index'

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
}

/** A folder that looks like a package and has no manifest that can be read. */
export interface FaultyPackage {
  folder: string
  fault: Fault
}

/** Folders of `parent` that hold a manifest.json. */
export function packageFolders(parent: string): string[] {
  if (!existsSync(parent)) return []
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_PACKAGES.has(entry.name))
    .map((entry) => join(parent, entry.name))
    .filter((folder) => existsSync(join(folder, 'manifest.json')))
    .sort()
}

/** Reads a package's manifest and looks whether its files are there; their hashes are checked at first use. */
export function readPackage(folder: string, bundled: boolean): ModelPackage | FaultyPackage {
  try {
    const manifest = readManifest(join(folder, 'manifest.json'))
    const missing = Object.keys(manifest.files).find((file) => !existsSync(join(folder, file)))
    return { folder, manifest, bundled, fault: missing === undefined ? null : incomplete(missing) }
  } catch (error) {
    return { folder, fault: faultOf(error) }
  }
}

function readManifest(file: string): ModelManifest {
  const bytes = statSync(file).size
  if (bytes > MANIFEST_LIMIT) {
    throw new LeptonError('MODEL_INVALID', {
      expected: `a manifest of at most ${MANIFEST_LIMIT} bytes`,
      received: `${bytes} bytes`,
    })
  }
  const parsed = modelManifest.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (!parsed.success) {
    throw new LeptonError('MODEL_INVALID', {
      expected: 'a manifest of format version 1',
      received: z.prettifyError(parsed.error),
      remedy: 'Correct manifest.json, or ask for the package again.',
    })
  }
  if (!('model.onnx' in parsed.data.files)) {
    throw new LeptonError('MODEL_INVALID', {
      expected: 'the hash of model.onnx in files',
      received: Object.keys(parsed.data.files).join(', ') || 'no files',
    })
  }
  return parsed.data
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
