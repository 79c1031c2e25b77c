import { createHash, timingSafeEqual } from 'node:crypto'

interface GuardOptions {
  token: string
  /** `host:port` values under which the server may be addressed. */
  hosts: ReadonlySet<string>
  cookieName: string
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (left: string, right: string) => timingSafeEqual(digest(left), digest(right))

/** Refusals carry no text: who does not hold the token learns nothing of what is here. */
const refusal = (status: number) => new Response(null, { status, headers: { 'cache-control': 'no-store' } })

/**
 * Stands before the app. Refuses requests under a foreign Host (DNS rebinding), from a foreign Origin, or
 * without the token; hands the others on. `/?token=…` sets the token as a cookie and leads to the same
 * address without it, so that the token stays out of the history.
 */
export function guard(
  handler: (request: Request) => Promise<Response>,
  { token, hosts, cookieName }: GuardOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    if (!hosts.has(request.headers.get('host') ?? '')) return refusal(421)
    if (!ownOrigin(request.headers, hosts)) return refusal(403)

    const offered = url.searchParams.get('token')
    if (offered !== null && request.method === 'GET') {
      if (!same(offered, token)) return refusal(401)
      url.searchParams.delete('token')
      // a path that begins with two slashes would lead to another host
      const path = `/${url.pathname.replace(/^\/+/, '')}`
      const cookie = `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`
      return new Response(null, {
        status: 303,
        headers: { location: path + url.search, 'set-cookie': cookie, 'cache-control': 'no-store' },
      })
    }
    const held = bearer(request.headers) ?? cookie(request.headers, cookieName)
    if (held === null || !same(held, token)) return refusal(401)
    return handler(request)
  }
}

function ownOrigin(headers: Headers, hosts: ReadonlySet<string>): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return URL.canParse(origin) && hosts.has(new URL(origin).host)
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin' || site === 'none'
}

function bearer(headers: Headers): string | null {
  const match = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')
  return match?.[1] ?? null
}

function cookie(headers: Headers, name: string): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value) return value
  }
  return null
}
