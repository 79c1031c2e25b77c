import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'

/** A certificate for `localhost` that nobody vouches for, made in a folder. */
export function selfSigned(folder: string): { key: string; certificate: string } {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = '-subj /CN=localhost -addext subjectAltName=DNS:localhost'.split(' ')
  const kind = 'req -x509 -newkey rsa:2048 -nodes -days 2'.split(' ')
  execFileSync('openssl', [...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') }
}

/** Ends TLS before a service of this computer, as the proxy of a hospital does. */
export async function tlsFront(keys: { key: string; certificate: string }, port: number) {
  const server = createServer({ key: keys.key, cert: keys.certificate }, (outer) => {
    const inner = connect(port, '127.0.0.1')
    outer.pipe(inner).pipe(outer)
    for (const socket of [inner, outer]) socket.on('error', () => {})
  }).listen(0)
  server.on('tlsClientError', () => {})
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return { port: address.port, close: () => server.close() }
}
