import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { createAdaptorServer } from '@hono/node-server'
import { LeptonError } from '#shared/domain/fault'
import { guard } from './guard'

export interface ServeOptions {
  handler: (request: Request) => Promise<Response>
  /** Default 127.0.0.1. */
  host?: string | undefined
  /** Default 0: any free port. */
  port?: number | undefined
  /** Default: random, new at every start. */
  token?: string | undefined
}

export interface RunningServer {
  /** Address with the token, to be opened in a browser. */
  url: string
  origin: string
  token: string
  close(): Promise<void>
}

/** Serves the app over HTTP: loopback by default, behind a token, with limits against slow and oversized requests. */
export async function serve({
  handler,
  host = '127.0.0.1',
  port = 0,
  token,
}: ServeOptions): Promise<RunningServer> {
  const secret = token ?? randomBytes(24).toString('base64url')
  let guarded: ((request: Request) => Promise<Response>) | null = null
  const server = createAdaptorServer({
    fetch: (request: Request) => guarded?.(request) ?? new Response(null, { status: 503 }),
    serverOptions: {
      headersTimeout: 10_000,
      // uploads of large studies take their time; a stalled one is ended by the keep-alive of the socket below
      requestTimeout: 0,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 5_000,
    },
  })
  if ('maxConnections' in server) server.maxConnections = 256
  server.on('connection', (socket) => socket.setTimeout(120_000, () => socket.destroy()))

  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)))
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
  const shownHost = host.includes(':') ? `[${host}]` : host
  const origin = `http://${shownHost}:${address.port}`
  const hosts = new Set([shownHost, ...ownNames(host)].map((name) => `${name}:${address.port}`))
  guarded = guard(handler, { token: secret, hosts, cookieName: `lepton_${address.port}` })

  return {
    url: `${origin}/?token=${secret}`,
    origin,
    token: secret,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

/** Names under which this computer may be addressed: loopback, and on a wildcard address its network names too. */
function ownNames(host: string): string[] {
  const loopback = ['127.0.0.1', 'localhost', '[::1]']
  if (host !== '0.0.0.0' && host !== '::') return loopback
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const shown = addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))
  return [...loopback, hostname(), ...shown]
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): LeptonError {
  return new LeptonError('INPUT_INVALID', {
    expected: 'a free port on an address of this computer',
    received: `${host}:${port} (${error.code ?? error.message})`,
    remedy: 'Choose another --port or --host.',
    cause: error,
  })
}
