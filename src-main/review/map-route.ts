import { Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import type { Database } from '#main/database/open'
import { MAP_HEADER } from '#shared/contract/routes'
import { LeptonError } from '#shared/domain/fault'

/** GET /pixels/map/:predictionId: the quantised probability map, deflated as it is stored. */
export function mapRoute(database: Database): Hono {
  const find = database.prepare<[number], { info: string; map: Buffer<ArrayBuffer> }>(
    'SELECT map_info AS info, map FROM predictions WHERE id = ? AND map IS NOT NULL',
  )
  return new Hono().get('/pixels/map/:predictionId{[0-9]+}', (context) => {
    const predictionId = Number(context.req.param('predictionId'))
    const row = find.get(predictionId)
    if (!row) {
      const received = `prediction ${predictionId}`
      return faultResponse(new LeptonError('NOT_FOUND', { expected: 'a prediction with a map', received }))
    }
    return new Response(row.map, {
      headers: {
        'content-type': 'application/octet-stream',
        // a prediction is never changed, only replaced by another
        'cache-control': 'private, max-age=31536000, immutable',
        [MAP_HEADER]: row.info,
      },
    })
  })
}
