import { Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import { MAP_HEADER, METHOD_HEADER } from '#shared/contract/routes'
import { type ExplanationDeps, Explanations } from './explanations'

/** GET /pixels/explanation/:predictionId/:label: where the probability of a label comes from, deflated. */
export function explanationRoute(deps: ExplanationDeps): Hono {
  const explanations = new Explanations(deps)
  return new Hono().get('/pixels/explanation/:predictionId{[0-9]+}/:label', async (context) => {
    const { predictionId, label } = context.req.param()
    try {
      const { method, info, bytes } = await explanations.of(Number(predictionId), label)
      return new Response(new Uint8Array(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'cache-control': 'private, max-age=31536000, immutable',
          [MAP_HEADER]: JSON.stringify(info),
          [METHOD_HEADER]: method,
        },
      })
    } catch (error) {
      return faultResponse(error)
    }
  })
}
