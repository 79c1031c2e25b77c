import { request } from 'node:http'
import { expect, test } from '@playwright/test'
import { type ServedApp, serveApp } from '../fixtures/serve'

let app: ServedApp & { stop(): Promise<void> }
test.beforeAll(async () => {
  app = await serveApp()
})
test.afterAll(() => app.stop())

const authorized = () => ({ authorization: `Bearer ${app.token}` })

/** A request whose path and Host reach the server as written, which fetch does not allow. */
function raw(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(app.origin)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })
}

test('a request without the token learns nothing', async () => {
  for (const path of [
    '/',
    '/index.html',
    '/api/openapi.json',
    '/api/library/overview',
    '/rpc/models/list',
    '/x',
  ]) {
    const response = await fetch(app.origin + path)
    expect(response.status, path).toBe(401)
    expect(await response.text(), path).toBe('')
  }
})

test('a foreign Host or Origin is refused even with the token', async () => {
  expect(await raw('/', { ...authorized(), host: 'evil.example' })).toEqual({ status: 421, body: '' })
  const foreign = await fetch(app.origin, { headers: { ...authorized(), origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
})

test('paths cannot leave the built renderer', async () => {
  for (const path of [
    '/../package.json',
    '/assets/../../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2fpackage.json',
  ]) {
    const { body } = await raw(path, authorized())
    expect(body, path).not.toContain('lepton-studio')
  }
})

test('the OpenAPI document describes the API that is served', async () => {
  const response = await fetch(`${app.origin}/api/openapi.json`, { headers: authorized() })
  const document = (await response.json()) as { openapi: string; paths: Record<string, unknown> }
  expect(document.openapi).toMatch(/^3\.1/)
  expect(Object.keys(document.paths)).toContain('/library/studies')

  const overview = await fetch(`${app.origin}/api/library/overview`, { headers: authorized() })
  expect(await overview.json()).toMatchObject({ studies: 0, images: 0, unreadable: 0 })
})

test('wrong input is answered with what was expected and what came', async () => {
  const missing = await fetch(`${app.origin}/api/library/studies/4711`, { headers: authorized() })
  expect(missing.status).toBe(422)
  expect(await missing.json()).toMatchObject({ code: 'FAULT', data: { code: 'NOT_FOUND' } })

  const malformed = await fetch(`${app.origin}/api/library/import`, {
    method: 'POST',
    headers: { ...authorized(), 'content-type': 'application/json' },
    body: '{"paths": "not a list"}',
  })
  expect(malformed.status).toBe(400)
})

test('pages carry the strict policy', async () => {
  const { headers } = await fetch(app.origin, { headers: authorized() })
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})
