import { describe, expect, it } from 'vitest'
import { guard } from './guard'

const token = 'correct-token'
const hosts = new Set(['127.0.0.1:4000', 'localhost:4000'])
const ask = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  guard(async () => new Response('inside'), { token, hosts, cookieName: 'lepton_4000' })(
    new Request(`http://127.0.0.1:4000${path}`, {
      ...init,
      headers: { host: '127.0.0.1:4000', ...init.headers },
    }),
  )

describe('guard', () => {
  it.each(['/', '/rpc/library/overview', '/api/openapi.json', '/assets/x.js', '/no-such-page'])(
    'answers %s without the token alike and with no text',
    async (path) => {
      const response = await ask(path)
      expect(response.status).toBe(401)
      expect(await response.text()).toBe('')
    },
  )

  it('turns the token of the printed address into a cookie and drops it from the address', async () => {
    const response = await ask(`/study/3?token=${token}&image=2`)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/study/3?image=2')
    expect(response.headers.get('set-cookie')).toMatch(
      /^lepton_4000=correct-token; HttpOnly; SameSite=Strict/,
    )
  })

  it('never leads to another host', async () => {
    const { headers } = await ask(`//evil.example/?token=${token}`)
    expect(headers.get('location')).toBe('/evil.example/')
  })

  it('lets in who holds the token, by cookie or as bearer', async () => {
    expect(await (await ask('/', { headers: { cookie: `a=b; lepton_4000=${token}` } })).text()).toBe('inside')
    expect(await (await ask('/', { headers: { authorization: `Bearer ${token}` } })).text()).toBe('inside')
  })

  it.each([
    ['a wrong token in the address', '/?token=wrong', {}, 401],
    ['a wrong cookie', '/', { cookie: 'lepton_4000=wrong' }, 401],
    ['another server’s cookie', '/', { cookie: `lepton_4001=${token}` }, 401],
    [
      'a foreign Host, as in DNS rebinding',
      '/',
      { host: 'evil.example:4000', authorization: `Bearer ${token}` },
      421,
    ],
    ['a foreign Origin', '/', { origin: 'https://evil.example', authorization: `Bearer ${token}` }, 403],
    ['an opaque Origin', '/', { origin: 'null', authorization: `Bearer ${token}` }, 403],
    ['a cross-site fetch', '/', { 'sec-fetch-site': 'cross-site', authorization: `Bearer ${token}` }, 403],
  ])('refuses %s', async (_name, path, headers, status) => {
    const response = await ask(path, { headers })
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })
})
