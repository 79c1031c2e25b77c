import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { PrivateAllowList } from '#main/deidentify/dicom/private-allow-list'
import { makeFolder } from '#main/make-folder'
import type { ExportTarget } from '#shared/contract/deidentify'
import { LeptonError } from '#shared/domain/fault'
import { type Instance, instancesOf } from './inputs'
import { ExportItems } from './item-store'
import { outcomeOf } from './outcome'
import { createExportRunner } from './runner'
import { librarySecret } from './secret'
import type { ExportDeps, Exports } from './types'
import { WrittenOnSeries } from './written-on-series'

/** Exports over the jobs; registers the export job. */
export function createExports(deps: ExportDeps): Exports {
  const { database, engine, jobs, dataFolder } = deps
  const items = new ExportItems(database)
  const writtenOn = new WrittenOnSeries(engine)
  jobs.register('deidentify', createExportRunner(deps))

  const pathOf = (sql: string, id: number, what: string) => {
    const path = database.prepare<[number], string>(sql).pluck().get(id)
    if (path !== undefined) return path
    throw new LeptonError('NOT_FOUND', { expected: `${what} of this library`, received: `${what} ${id}` })
  }
  const ofLibrary = (target: ExportTarget): Instance[] =>
    target.kind === 'paths' ? [] : instancesOf(database, target)

  return {
    plan(target) {
      const files = ofLibrary(target)
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
      return { files: files.length, sizeBytes, exampleImageId: files[0]?.imageId ?? null }
    },
    async writtenOn(target, offset, limit) {
      const found = await writtenOn.among(ofLibrary(target))
      const items = found.slice(offset, offset + limit).map((file) => ({
        instanceId: file.id,
        imageId: file.imageId,
        rows: file.rows,
        columns: file.columns,
        frames: file.frames,
        description: file.description,
      }))
      return { total: found.length, items }
    },
    async findText(instanceId) {
      const path = pathOf('SELECT path FROM instances WHERE id = ?', instanceId, 'file')
      return (await engine.burnedIn(path)).boxes
    },
    async preview(imageId, options) {
      const sql = 'SELECT path FROM instances JOIN images ON instance_id = instances.id WHERE images.id = ?'
      const path = pathOf(sql, imageId, 'image')
      return engine.previewDeidentified({ path, options, secret: librarySecret(dataFolder) })
    },
    async start(asked) {
      const { target, keyTable } = asked
      const request = {
        ...asked,
        folder: resolve(asked.folder),
        keyTable: keyTable === null ? null : resolve(keyTable),
        target:
          target.kind === 'paths' ? { ...target, paths: target.paths.map((path) => resolve(path)) } : target,
      }
      new PrivateAllowList(request.deidentify?.keepPrivate ?? [])
      await ensureWritable(request.folder)
      const fingerprint = JSON.stringify(['deidentify', request])
      return {
        jobId: jobs.start({ kind: 'deidentify', title: basename(request.folder), request, fingerprint }),
      }
    },
    outcome: (jobId) => outcomeOf(database, items, jobs.get(jobId)),
    files: (jobId) => items.files(jobId),
  }
}

async function ensureWritable(folder: string): Promise<void> {
  try {
    await makeFolder(folder)
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new LeptonError('OUTPUT_UNWRITABLE', {
      expected: 'a folder that can be written',
      received: folder,
      remedy: 'Choose another folder.',
      cause,
    })
  }
}
