import { constants } from 'node:fs'
import { copyFile, open, readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { makeFolder } from '#main/make-folder'
import type { PackageSource } from '#shared/contract/models'
import { LeptonError } from '#shared/domain/fault'
import { filesOf } from '../check/files'
import { readManifest } from '../package'
import { unpack } from './unpack'

/**
 * Where a source lies on this computer. An uploaded batch is moved into `folder` first, so that nothing is added
 * while it is read.
 * @throws NOT_FOUND for a batch that is not there
 */
export async function takeSource(source: PackageSource, uploads: string, folder: string): Promise<string> {
  if (source.kind === 'path') return resolve(source.path)
  const taken = join(folder, 'upload')
  await rename(join(uploads, source.batch), taken).catch(() => {
    throw new LeptonError('NOT_FOUND', { expected: 'an upload that is not finished', received: source.batch })
  })
  const names = await readdir(taken)
  return names.length === 1 && names[0] ? join(taken, names[0]) : taken
}

/**
 * Brings a package, a folder or a ZIP archive, into an empty folder and returns where its manifest lies there.
 * @throws FILE_NOT_FOUND, MODEL_INVALID, ARCHIVE_UNSAFE and the like
 */
export async function fetchPackage(path: string, folder: string): Promise<string> {
  const kind = await stat(path).catch(() => null)
  if (!kind) {
    throw new LeptonError('FILE_NOT_FOUND', { expected: 'a folder or ZIP archive', received: path })
  }
  if (kind.isDirectory()) {
    const root = await rootOf(path)
    readManifest(root)
    await copyFiles(root, folder)
    return folder
  }
  if (!(await isZip(path))) throw noPackage(basename(path))
  await unpack(path, folder)
  return rootOf(folder)
}

/** The folder with the manifest: this one, or the only one in it. */
async function rootOf(folder: string): Promise<string> {
  const names = await readdir(folder)
  if (names.includes('manifest.json')) return folder
  const inner = names.filter((name) => !name.startsWith('.') && name !== '__MACOSX')
  const [only] = inner
  if (inner.length === 1 && only && (await stat(join(folder, only))).isDirectory()) {
    const below = join(folder, only)
    if ((await readdir(below)).includes('manifest.json')) return below
  }
  throw noPackage(names.slice(0, 8).join(', ') || 'nothing')
}

function noPackage(received: string): LeptonError {
  return new LeptonError('MODEL_INVALID', {
    expected: 'a folder or ZIP archive with a manifest.json',
    received,
    remedy: 'Make a package of an ONNX file with the wizard of the Models page.',
  })
}

/** Whether a file begins as a ZIP archive does, an empty one included. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && ['504b0304', '504b0506'].includes(buffer.toString('hex'))
  } finally {
    await file.close()
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  for (const file of await filesOf(from)) {
    const target = join(to, file)
    await makeFolder(dirname(target))
    await copyFile(join(from, file), target, constants.COPYFILE_FICLONE)
  }
}
