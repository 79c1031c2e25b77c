import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { modelManifest } from '#shared/domain/model-manifest/index'
import type { ModelSource } from '../types'

const root = resolve(import.meta.dirname, '../../../models')

/** The networks that come with the app, once for each file of theirs. */
export function bundledModels(): ModelSource[] {
  return readdirSync(root)
    .map((id) => join(root, id))
    .filter((folder) => existsSync(join(folder, 'manifest.json')))
    .flatMap((folder) => {
      const read = modelManifest.safeParse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
      return read.success
        ? read.data.weights.map(({ precision }) => ({ folder, manifest: read.data, precision }))
        : []
    })
}

/** What the recipe of a model wrote down of pictures it was tried on; null where it wrote nothing. */
export function referenceOf(id: string): unknown {
  const file = join(root, 'training', id, 'reference.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
