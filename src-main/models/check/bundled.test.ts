import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { isEnsemble } from '#shared/domain/model-manifest/index'
import { packageFolders, readManifest } from '../package'
import { checkPackage } from './check-package'

const folders = packageFolders(fileURLToPath(new URL('../../../models', import.meta.url)))

it.each(folders.map((folder) => [basename(folder), folder]))('%s is sound', async (id, folder) => {
  const manifest = readManifest(folder)
  expect(manifest.id).toBe(id)
  if (isEnsemble(manifest)) throw new Error('ensembles are checked with their members')
  await checkPackage({ folder, manifest, bundled: true, fault: null })
})
