import type { Socket } from 'node:net'
import { malformed } from './cursor'
import { pduType } from './pdu-type'

export interface Pdu {
  type: number
  body: Buffer
}

/** The P-DATA size this side announces; together with what a stray peer may exceed it by, the bound of one unit. */
export const OUR_MAX_LENGTH = 128 * 1024
const LARGEST = 1024 * 1024
const known: ReadonlySet<number> = new Set(Object.values(pduType))

/**
 * Units as they arrive; the socket is read no faster than they are asked for.
 * @throws SOURCE_ANSWER_INVALID for bytes of another protocol and for units beyond 1 MB; errors of the socket.
 */
export async function* readPdus(socket: Socket): AsyncGenerator<Pdu> {
  const bytes = new Bytes(socket)
  for (;;) {
    const head = await bytes.take(6)
    if (head === null) return
    const type = head.readUInt8(0)
    const length = head.readUInt32BE(2)
    if (!known.has(type)) throw malformed('a protocol data unit', describe(head))
    if (length > LARGEST) throw malformed(`units of at most ${LARGEST} bytes`, `one of ${length}`)
    const body = await bytes.take(length)
    if (body === null) throw malformed(`a unit of ${length} bytes`, 'the end of the connection')
    yield { type, body }
  }
}

/** First bytes of web servers, and of TLS alerts and handshakes. */
const foreign = ['HTTP', 'GET ', '<', '\x15\x03', '\x16\x03']

function describe(head: Buffer): string {
  const text = head.toString('latin1')
  return foreign.some((start) => text.startsWith(start))
    ? 'a web or TLS server'
    : `bytes ${head.toString('hex')}`
}

/** Exact pieces from a stream of chunks. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer[] = []
  #length = 0

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]()
  }

  /** Null where the stream ended before there were `length` bytes. */
  async take(length: number): Promise<Buffer | null> {
    while (this.#length < length) {
      const { value, done } = await this.#chunks.next()
      if (done) return null
      this.#rest.push(value)
      this.#length += value.length
    }
    const whole = this.#rest.length === 1 && this.#rest[0] ? this.#rest[0] : Buffer.concat(this.#rest)
    this.#rest = [whole.subarray(length)]
    this.#length = whole.length - length
    return whole.subarray(0, length)
  }
}
