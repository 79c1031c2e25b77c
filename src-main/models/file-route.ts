import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import { LeptonError } from '#shared/domain/fault'
import type { Models } from './types'

/**
 * GET /model-files/:id/:version/<file>: a file that the manifest of a promptable model names, its package checked.
 * Other models run in the engine alone, so their files are not handed out.
 */
export function modelFileRoute(models: Pick<Models, 'find' | 'source'>): Hono {
  return new Hono().get('/model-files/:id/:version/:file{.+}', async (context) => {
    const { id, version, file } = context.req.param()
    try {
      const manifest = models.find(`${id}@${version}`)
      if (manifest.task !== 'promptable-segmentation' || !Object.hasOwn(manifest.files, file)) {
        throw new LeptonError('NOT_FOUND', {
          expected: 'a file of a model that answers to clicks',
          received: `${file} of ${id}@${version}`,
        })
      }
      const { folder } = await models.source(manifest)
      const bytes = await readFile(join(folder, file))
      return new Response(bytes, {
        headers: {
          'content-type': 'application/octet-stream',
          'cache-control': 'private, no-cache',
        },
      })
    } catch (error) {
      return faultResponse(error)
    }
  })
}
