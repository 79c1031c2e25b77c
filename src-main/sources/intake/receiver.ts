import { createServer, type Server, type Socket } from 'node:net'
import type { ReceiverSettings } from '#shared/contract/sources'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Association, Message } from '../dimse/association'
import { receiveObject } from '../dimse/receive'
import { refusal, serveAssociation } from '../dimse/serve'
import type { Spool, SpooledObject } from '../transfer/spool'
import type { Inbox } from './inbox'

const MOST_ASSOCIATIONS = 32

/** Objects that were asked for by C-MOVE and go to whoever asked. */
interface Claim {
  uids: ReadonlySet<string>
  spool: Spool
  arrived: (object: SpooledObject) => void
}

/** The storage provider: listens for C-STORE and C-ECHO while it is on. */
export class Receiver {
  received = 0
  refused = 0
  lastCaller: string | null = null
  fault: ReturnType<typeof faultOf> | null = null
  readonly claims = new Set<Claim>()
  readonly #inbox: Inbox
  readonly #report: (error: unknown) => void
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #settings: ReceiverSettings | null = null

  constructor(inbox: Inbox, report: (error: unknown) => void) {
    this.#inbox = inbox
    this.#report = report
  }

  /** The port it listens on; null while it does not. */
  get port(): number | null {
    const address = this.#server?.address()
    return typeof address === 'object' && address ? address.port : null
  }

  /** Listens as the settings say; what is in the way is told by `fault`. */
  async listen(settings: ReceiverSettings): Promise<void> {
    // associations that are open outlive a change of something else
    if (this.#server && JSON.stringify(settings) === JSON.stringify(this.#settings)) return
    await this.stop()
    this.#settings = settings
    const server = createServer((socket) => this.#serve(socket))
    server.maxConnections = MOST_ASSOCIATIONS
    const host = settings.network ? undefined : '127.0.0.1'
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(settings.port, host, resolve)
      })
      server.on('error', this.#report)
      this.#server = server
    } catch (error) {
      this.fault = listenFault(error, settings.port).toFault()
    }
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    this.fault = null
    if (!server) return
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    serveAssociation(socket, {
      admit: ({ calledAe, callingAe }) => this.#admit(calledAe, callingAe),
      store: (association, message, callingAe) => this.#store(association, message, callingAe),
    }).catch((error: unknown) => {
      this.refused += 1
      if (!(error instanceof LeptonError)) this.#report(error)
    })
  }

  #admit(calledAe: string, callingAe: string): number | null {
    const { aeTitle = '', callers = [] } = this.#settings ?? {}
    const reason =
      calledAe !== aeTitle
        ? refusal.calledAe
        : callers.length > 0 && !callers.includes(callingAe)
          ? refusal.callingAe
          : null
    if (reason !== null) this.refused += 1
    else this.lastCaller = callingAe
    return reason
  }

  async #store(association: Association, message: Message, callingAe: string): Promise<void> {
    const uid = message.command.sopInstance ?? ''
    const claim = [...this.claims].find(({ uids }) => uids.has(uid))
    const take = (spool: Spool) => receiveObject(association, message, spool, callingAe)
    const arrival = await (claim ? take(claim.spool) : this.#inbox.receive(callingAe, take))
    if ('fault' in arrival) {
      this.refused += 1
      return
    }
    this.received += 1
    claim?.arrived(arrival.object)
  }
}

function listenFault(error: unknown, port: number): LeptonError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    return new LeptonError('INPUT_INVALID', {
      expected: code === 'EACCES' ? 'a port that may be used' : 'a free port',
      received: `port ${port}`,
      remedy: 'Choose another port: 104 and others below 1024 often need special rights.',
      cause: error,
    })
  }
  return new LeptonError('INTERNAL', { received: faultOf(error).received, cause: error })
}
