import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import type { Reading } from './types'

/** GET /signed/:studyId/:version/<file>: a file as it was signed. */
export function signedRoute(reading: Pick<Reading, 'signedFile'>): Hono {
  return new Hono().get('/signed/:studyId{[0-9]+}/:version{[0-9]+}/:file{.+}', async (context) => {
    const { studyId, version, file } = context.req.param()
    try {
      const { path, type } = await reading.signedFile(
        Number(studyId),
        Number(version),
        decodeURIComponent(file),
      )
      return new Response(await readFile(path), {
        headers: { 'content-type': type, 'cache-control': 'private, no-cache' },
      })
    } catch (error) {
      return faultResponse(error)
    }
  })
}
