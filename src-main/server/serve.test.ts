import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type RunningServer, serve } from './serve'

let server: RunningServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

const start = async () => {
  server = await serve({ handler: async (asked) => new Response(new URL(asked.url).pathname) })
  return server
}

/** A request with a free choice of headers, which fetch does not allow. */
function raw(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${origin}${path}`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

describe('serve', () => {
  it('serves on loopback under a random token', async () => {
    const { origin, token, url } = await start()
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(token.length).toBeGreaterThanOrEqual(32)
    expect(url).toBe(`${origin}/?token=${token}`)
    const answer = await fetch(`${origin}/here`, { headers: { authorization: `Bearer ${token}` } })
    expect(await answer.text()).toBe('/here')
  })

  it('checks the Host that was really sent', async () => {
    const { origin, token } = await start()
    const authorization = `Bearer ${token}`
    expect(await raw(origin, '/', { authorization, host: 'evil.example' })).toBe(421)
    expect(await raw(origin, '/', { authorization })).toBe(200)
    expect(await raw(origin, '/', {})).toBe(401)
  })

  it('says what to do about a port in use', async () => {
    const { origin } = await start()
    const port = Number(new URL(origin).port)
    await expect(serve({ handler: async () => new Response(), port })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      remedy: 'Choose another --port or --host.',
    })
  })
})
