import { Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import { volumeFormat } from '#shared/domain/volume-format'
import type { Volumes } from './types'

/** GET /volumes/:seriesId/:format: a series as a file to be saved. */
export function volumeRoute(volumes: Volumes): Hono {
  return new Hono().get('/volumes/:seriesId{[0-9]+}/:format', async (context) => {
    try {
      const format = volumeFormat.parse(context.req.param('format'))
      const { signal } = context.req.raw
      const { name, bytes } = await volumes.save(Number(context.req.param('seriesId')), format, signal)
      return new Response(new Uint8Array(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(bytes.byteLength),
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
          'cache-control': 'private, no-store',
        },
      })
    } catch (error) {
      return faultResponse(error)
    }
  })
}
