import { once } from 'node:events'
import type { Socket } from 'node:net'
import { LeptonError } from '#shared/domain/fault'
import { networkFault } from '../network-fault'
import { unit } from './associate'
import { type Command, decodeCommand, encodeCommand } from './command'
import { malformed } from './cursor'
import type { Pdu } from './pdu-reader'
import { pduType } from './pdu-type'

/** An accepted presentation context. */
export interface Context {
  id: number
  abstractSyntax: string
  transferSyntax: string
}

/** A message of the peer; its data set must be read (or the association ended) before the next one is asked for. */
export interface Message {
  context: Context
  command: Command
  dataset: AsyncGenerator<Buffer> | null
}

interface Fragment {
  contextId: number
  isCommand: boolean
  isLast: boolean
  data: Buffer
}

/** P-DATA units are never larger than this, whatever the peer would take. */
const LARGEST_SENT = 128 * 1024
/** A command set holds a dozen short elements. */
const LARGEST_COMMAND = 64 * 1024

/** An open association (PS3.8): messages there and back over one socket, one after the other. */
export class Association {
  readonly contexts: readonly Context[]
  readonly #socket: Socket
  readonly #pdus: AsyncIterator<Pdu>
  readonly #place: string
  readonly #fragmentSize: number
  #waiting: Fragment[] = []
  #messageId = 0
  #over = false

  /** @param place `host:port`, for what is told of errors. */
  constructor(
    socket: Socket,
    pdus: AsyncIterator<Pdu>,
    options: { contexts: readonly Context[]; peerMaxLength: number; place: string },
  ) {
    this.#socket = socket
    this.#pdus = pdus
    this.contexts = options.contexts
    this.#place = options.place
    const most = options.peerMaxLength === 0 ? LARGEST_SENT : options.peerMaxLength
    this.#fragmentSize = Math.max(128, Math.min(most, LARGEST_SENT) - 6) & ~1
  }

  /** The accepted context of an abstract syntax, with one of the transfer syntaxes if given. */
  contextFor(abstractSyntax: string, transferSyntax?: string): Context | undefined {
    return this.contexts.find(
      (context) =>
        context.abstractSyntax === abstractSyntax &&
        (transferSyntax === undefined || context.transferSyntax === transferSyntax),
    )
  }

  nextMessageId(): number {
    this.#messageId = (this.#messageId % 65_535) + 1
    return this.#messageId
  }

  async send(context: Context, command: Command, dataset?: AsyncIterable<Buffer>): Promise<void> {
    const encoded = encodeCommand({ ...command, hasDataset: dataset !== undefined })
    await this.#sendFragment(context.id, true, true, encoded)
    if (!dataset) return
    let held: Buffer = Buffer.alloc(0)
    for await (const chunk of dataset) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      while (held.length > this.#fragmentSize) {
        await this.#sendFragment(context.id, false, false, held.subarray(0, this.#fragmentSize))
        held = held.subarray(this.#fragmentSize)
      }
    }
    await this.#sendFragment(context.id, false, true, held)
  }

  /** The next message; null once the peer has released the association. */
  async receive(): Promise<Message | null> {
    const parts: Buffer[] = []
    let size = 0
    for (;;) {
      const fragment = await this.#fragment()
      if (fragment === null) return null
      if (!fragment.isCommand) throw malformed('a command', 'a data set that was not announced')
      size += fragment.data.length
      if (size > LARGEST_COMMAND) throw malformed('a command of a few elements', `${size} bytes`)
      parts.push(fragment.data)
      if (!fragment.isLast) continue
      const context = this.contexts.find(({ id }) => id === fragment.contextId)
      if (!context) throw malformed('an accepted presentation context', `${fragment.contextId}`)
      const command = decodeCommand(Buffer.concat(parts))
      return { context, command, dataset: command.hasDataset ? this.#dataset(context.id) : null }
    }
  }

  /** Ends the association in the orderly way, waiting a moment for the answer. */
  async release(): Promise<void> {
    if (this.#over) return
    this.#over = true
    this.#socket.setTimeout(5_000)
    try {
      await this.#write(unit(pduType.releaseRequest, Buffer.alloc(4)))
      for (;;) {
        const { value, done } = await this.#pdus.next()
        if (done || value.type === pduType.releaseResponse || value.type === pduType.abort) break
      }
    } catch {
      // the work is done; how the peer says goodbye changes nothing
    } finally {
      this.#socket.destroy()
    }
  }

  /** Ends the association at once. */
  abort(): void {
    if (this.#socket.destroyed) return
    this.#over = true
    this.#socket.end(unit(pduType.abort, Buffer.alloc(4)))
    this.#socket.destroySoon()
  }

  async *#dataset(contextId: number): AsyncGenerator<Buffer> {
    for (;;) {
      const fragment = await this.#fragment()
      if (fragment === null) throw malformed('the rest of a data set', 'a release')
      if (fragment.isCommand || fragment.contextId !== contextId) {
        throw malformed('the rest of a data set', 'another message')
      }
      if (fragment.data.length > 0) yield fragment.data
      if (fragment.isLast) return
    }
  }

  async #fragment(): Promise<Fragment | null> {
    while (this.#waiting.length === 0) {
      const pdu = await this.#pdu()
      if (pdu === null) return null
      this.#waiting = fragmentsOf(pdu.body)
    }
    return this.#waiting.shift() ?? null
  }

  /** The next P-DATA unit; null after a release, which is answered. */
  async #pdu(): Promise<Pdu | null> {
    if (this.#over) return null
    const { value, done } = await this.#pdus.next().catch((error: unknown) => {
      throw networkFault(error, this.#place)
    })
    if (done) {
      this.#over = true
      throw networkFault(Object.assign(new Error('closed'), { code: 'ECONNRESET' }), this.#place)
    }
    if (value.type === pduType.data) return value
    this.#over = true
    if (value.type !== pduType.releaseRequest) throw aborted(value)
    await this.#write(unit(pduType.releaseResponse, Buffer.alloc(4)))
    this.#socket.end()
    return null
  }

  async #sendFragment(contextId: number, isCommand: boolean, isLast: boolean, data: Buffer): Promise<void> {
    const head = Buffer.alloc(6)
    head.writeUInt32BE(data.length + 2, 0)
    head.writeUInt8(contextId, 4)
    head.writeUInt8((isCommand ? 1 : 0) | (isLast ? 2 : 0), 5)
    await this.#write(unit(pduType.data, Buffer.concat([head, data])))
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#socket.destroyed || this.#socket.writableEnded) {
      throw networkFault(
        this.#socket.errored ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' }),
        this.#place,
      )
    }
    if (this.#socket.write(bytes)) return
    await Promise.race([once(this.#socket, 'drain'), once(this.#socket, 'close')]).catch((error: unknown) => {
      throw networkFault(error, this.#place)
    })
  }
}

function fragmentsOf(body: Buffer): Fragment[] {
  const fragments: Fragment[] = []
  for (let at = 0; at < body.length; ) {
    const length = at + 6 <= body.length ? body.readUInt32BE(at) : 0
    const end = at + 4 + length
    if (length < 2 || end > body.length) throw malformed('whole presentation data values', 'a cut one')
    const control = body.readUInt8(at + 5)
    fragments.push({
      contextId: body.readUInt8(at + 4),
      isCommand: (control & 1) === 1,
      isLast: (control & 2) === 2,
      data: body.subarray(at + 6, end),
    })
    at = end
  }
  return fragments
}

function aborted({ type, body }: Pdu): LeptonError {
  if (type !== pduType.abort) return malformed('a message', `a unit of type ${type}`)
  const [source, reason] = [body[2] ?? 0, body[3] ?? 0]
  return new LeptonError('SOURCE_FAILED', {
    expected: 'an answer',
    received: `the peer ended the association (A-ABORT, source ${source}, reason ${reason})`,
    remedy: 'Look into the log of the archive.',
  })
}
