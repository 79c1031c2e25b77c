import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from '@playwright/test'
import { type ServedApp, serveApp } from '../fixtures/serve'

let app: ServedApp & { stop(): Promise<void> }
test.beforeAll(async () => {
  app = await serveApp()
})
test.afterAll(() => app.stop())

const authorized = () => ({ authorization: `Bearer ${app.token}` })

/** Sends bytes as they are and returns what came back until the server ended the connection or `wait` passed. */
function wire(text: string, wait = 3000): Promise<{ answer: string; ended: boolean }> {
  const { hostname, port } = new URL(app.origin)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    const timer = setTimeout(() => done(false), wait)
    const done = (ended: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ answer, ended })
    }
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
    })
    socket.on('close', () => done(true))
    socket.on('error', () => done(true))
  })
}

const stillThere = async () => {
  const response = await fetch(`${app.origin}/api/library/overview`, { headers: authorized() })
  expect(response.status).toBe(200)
}

test('a body beyond its bound is refused and not kept', async () => {
  const body = `{"paths":["${'a'.repeat(33 * 2 ** 20)}"]}`
  const headers = { ...authorized(), 'content-type': 'application/json' }
  for (const path of ['/api/library/import', '/rpc/library/import']) {
    const response = await fetch(app.origin + path, { method: 'POST', headers, body }).catch(() => null)
    expect(response === null || response.status === 413, path).toBe(true)
  }
  await stillThere()
})

test('a path longer than any system knows is no path', async () => {
  const headers = { ...authorized(), 'content-type': 'application/json' }
  const body = JSON.stringify({ paths: ['a'.repeat(2 ** 21)] })
  const response = await fetch(`${app.origin}/api/library/import`, { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  await stillThere()
})

test('an upload under a path that leads away is refused', async () => {
  for (const path of [
    '../../escape.dcm',
    '/etc/escape',
    'a/../../escape',
    'a\0b',
    'C:\\escape',
    '..\\escape',
  ]) {
    const response = await fetch(`${app.origin}/uploads/attack`, {
      method: 'POST',
      headers: { ...authorized(), 'x-lepton-path': encodeURIComponent(path) },
      body: 'x',
    })
    expect(response.ok, path).toBe(false)
  }
  await stillThere()
})

test('malformed requests are refused without harm', async () => {
  const host = new URL(app.origin).host
  const attacks = [
    'GET / HTTP/1.1\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`,
    `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'b'.repeat(20_000)}\r\n\r\n`,
    '\u0016\u0003\u0001\u0002\u0000\u0001',
    `TRACE / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
  ]
  for (const attack of attacks) {
    const { answer } = await wire(attack)
    expect(answer.startsWith('HTTP/1.1 2'), attack.slice(0, 60)).toBe(false)
  }
  await stillThere()
})

test('a client that never finishes its headers is cut off', async () => {
  test.setTimeout(60_000)
  const { hostname, port } = new URL(app.origin)
  const begun = Date.now()
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write('GET / HTTP/1.1\r\nHost: x'))
    const dribble = setInterval(() => socket.writable && socket.write('x'), 500)
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(dribble)
      resolve()
    })
  })
  expect(Date.now() - begun).toBeLessThan(30_000)
  await stillThere()
})

test('more idle connections than there is room for keep others out for seconds only', async () => {
  test.setTimeout(60_000)
  const { hostname, port } = new URL(app.origin)
  const sockets = Array.from({ length: 400 }, () =>
    connect(Number(port), hostname)
      .on('error', () => {})
      .resume(),
  )
  await expect(stillThere).toPass({ timeout: 30_000 })
  const closed = () => sockets.filter(({ destroyed }) => destroyed).length
  await expect.poll(closed, { timeout: 30_000 }).toBe(sockets.length)
})

test('names of JavaScript’s own are ordinary input', async () => {
  const response = await fetch(`${app.origin}/api/library/import`, {
    method: 'POST',
    headers: { ...authorized(), 'content-type': 'application/json' },
    body: '{"__proto__":{"admin":true},"constructor":{"prototype":{}},"paths":[]}',
  })
  expect(response.status).toBeLessThan(500)
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const nested = await fetch(`${app.origin}/api/library/import`, {
    method: 'POST',
    headers: { ...authorized(), 'content-type': 'application/json' },
    body: deep,
  })
  expect(nested.status).toBeGreaterThanOrEqual(400)
  await stillThere()
})

test('the token is not guessed by length or beginning, and never in a redirect', async () => {
  const { hostname, port } = new URL(app.origin)
  const status = (token: string) =>
    new Promise<number>((resolve, reject) => {
      request({ hostname, port, path: '/', headers: { authorization: `Bearer ${token}` } }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
  for (const token of ['', 'x', app.token.slice(0, -1), `${app.token}x`, app.token.toUpperCase()]) {
    expect(await status(token)).toBe(401)
  }
  const elsewhere = await fetch(`${app.origin}//evil.example/?token=${app.token}`, { redirect: 'manual' })
  expect(elsewhere.headers.get('location') ?? '').not.toMatch(/^\/\//)
})
