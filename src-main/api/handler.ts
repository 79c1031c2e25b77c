import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import type { Router } from '@orpc/server'
import { ORPCError, onError } from '@orpc/server'
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { routes } from '#shared/contract/routes'
import { openApiDocument } from './openapi'
import { staticFiles } from './static-files'

/**
 * Requests of procedures are small, save an action on the masks of a whole stack; pictures come by the upload
 * route, which has its own bound.
 */
const largestBody = 32 * 1024 * 1024

interface HandlerParts {
  // biome-ignore lint/suspicious/noExplicitAny: oRPC's own type of a router of any contract
  router: Router<any, Record<never, never>>
  /** Byte routes of the features: frames, thumbnails, maps, uploads. */
  byteRoutes: readonly Hono[]
  /** Folder of the built renderer. */
  renderer: string
  version: string
  report: (error: unknown) => void
}

/** The whole app as one function from Request to Response; every shell mounts it. */
export function createHandler(parts: HandlerParts): (request: Request) => Promise<Response> {
  /** Coded answers are no news; what was not foreseen is. */
  const reportUnforeseen = (error: unknown) => {
    if (!(error instanceof ORPCError)) parts.report(error)
  }
  const plugins = [new BodyLimitPlugin<Record<never, never>>({ maxBodySize: largestBody })]
  const rpc = new RPCHandler(parts.router, { plugins, interceptors: [onError(reportUnforeseen)] })
  const rest = new OpenAPIHandler(parts.router, {
    // numbers in paths and queries arrive as text
    plugins: [...plugins, new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
    interceptors: [onError(reportUnforeseen)],
  })
  const files = staticFiles(parts.renderer)

  const app = new Hono()
  app.use(secureHeaders(securityHeaders))
  app.get(routes.openapi, async (context) => context.json(await openApiDocument(parts.version)))
  app.use('/rpc/*', async (context, next) => {
    const { matched, response } = await rpc.handle(context.req.raw, { prefix: '/rpc', context: {} })
    return matched ? context.newResponse(response.body, response) : next()
  })
  app.use('/api/*', async (context, next) => {
    const { matched, response } = await rest.handle(context.req.raw, { prefix: '/api', context: {} })
    return matched ? context.newResponse(response.body, response) : next()
  })
  for (const byteRoute of parts.byteRoutes) app.route('/', byteRoute)
  app.get('*', (context) => files(context.req.path) ?? context.notFound())
  app.onError((error, context) => {
    parts.report(error)
    return context.text('Internal error', 500)
  })
  return async (request) => app.fetch(request)
}

/** Nothing but the app's own files runs or is shown; inline styles are the component library's. */
const securityHeaders: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'blob:', 'data:'],
    workerSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginEmbedderPolicy: 'require-corp',
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
}
