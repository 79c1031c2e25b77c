import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { rootCertificates } from 'node:tls'
import { LeptonError } from '#shared/domain/fault'
import type { WebPlace } from '#shared/domain/source'
import { abortFault, networkFault, timedOut } from '../network-fault'

export interface WebRequest {
  method?: 'GET' | 'POST'
  /** Below the base address, segments already escaped. */
  path: string
  query?: URLSearchParams
  accept: string
  body?: { type: string; length: number; content: AsyncIterable<Buffer> }
}

const CONNECT_SECONDS = 15
const IDLE_SECONDS = 120

/** Requests to one DICOMweb service; redirections are not followed, so that no secret goes elsewhere. */
export class WebClient {
  readonly #place: WebPlace
  readonly #secret: string | null
  readonly #signal: AbortSignal
  readonly #agent: HttpAgent
  readonly #base: URL

  constructor(place: WebPlace, secret: string | null, signal: AbortSignal) {
    this.#place = place
    this.#secret = secret
    this.#signal = signal
    this.#base = new URL(place.url.replace(/\/*$/, '/'))
    const options = { keepAlive: true, maxSockets: 4 }
    const ca = place.certificate ? { ca: [...rootCertificates, place.certificate] } : {}
    this.#agent =
      this.#base.protocol === 'https:' ? new HttpsAgent({ ...options, ...ca }) : new HttpAgent(options)
  }

  /** `host:port`, for what is told of errors. */
  get host(): string {
    return this.#base.host
  }

  /**
   * Asks and gives the answer as soon as its head is there; the caller reads or destroys it.
   * @throws the coded errors of archives, also for every status but those of success and `allowed` ones.
   */
  async ask(request: WebRequest, allowed: readonly number[] = []): Promise<IncomingMessage> {
    const answer = await this.#send(request).catch((error: unknown) => {
      throw networkFault(error, this.host)
    })
    const status = answer.statusCode ?? 0
    if ((status >= 200 && status < 300) || allowed.includes(status)) return answer
    answer.destroy()
    throw statusFault(status, this.host, answer.headers.location)
  }

  /** Reads a small answer as text. @throws SOURCE_ANSWER_INVALID beyond `most` bytes. */
  async text(answer: IncomingMessage, most: number): Promise<string> {
    const parts: Buffer[] = []
    let size = 0
    for await (const part of this.bytes(answer)) {
      size += part.length
      if (size > most) {
        answer.destroy()
        throw new LeptonError('SOURCE_ANSWER_INVALID', {
          expected: `at most ${most} bytes`,
          received: 'more',
        })
      }
      parts.push(part)
    }
    return Buffer.concat(parts).toString('utf8')
  }

  /** The body of an answer, with what breaks it as a coded error. */
  async *bytes(answer: IncomingMessage): AsyncGenerator<Buffer> {
    try {
      yield* answer
    } catch (error) {
      throw this.#signal.aborted ? abortFault(this.#signal, this.host) : networkFault(error, this.host)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #send({ method = 'GET', path, query, accept, body }: WebRequest): Promise<IncomingMessage> {
    const url = new URL(path, this.#base)
    if (query) url.search = query.toString()
    const headers = {
      accept,
      'accept-encoding': 'identity',
      ...this.#credentials(),
      ...(body ? { 'content-type': body.type, 'content-length': body.length } : {}),
    }
    const options = { method, headers, agent: this.#agent, signal: this.#signal, maxHeaderSize: 32 * 1024 }
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options)
      this.#limit(request)
      request.once('response', resolve)
      request.on('error', (error) =>
        reject(this.#signal.aborted ? abortFault(this.#signal, this.host) : error),
      )
      if (!body) request.end()
      // an answer that came before the whole body was sent counts, not the broken rest
      else void pipeline(body.content, request).catch((error: unknown) => reject(error))
    })
  }

  #limit(request: ClientRequest): void {
    let seconds = CONNECT_SECONDS
    request.setTimeout(seconds * 1000)
    request.on('timeout', () => request.destroy(timedOut(this.host, seconds)))
    request.on('socket', (socket) => {
      const connected = () => {
        seconds = IDLE_SECONDS
        request.setTimeout(seconds * 1000)
      }
      if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected)
      else connected()
    })
  }

  #credentials(): Record<string, string> {
    const { auth } = this.#place
    const secret = this.#secret
    if (auth.kind === 'none' || secret === null) return {}
    if (auth.kind === 'bearer') return { authorization: `Bearer ${secret}` }
    if (auth.kind === 'header') return { [auth.name]: secret }
    return { authorization: `Basic ${Buffer.from(`${auth.user}:${secret}`).toString('base64')}` }
  }
}

function statusFault(status: number, host: string, location: string | undefined): LeptonError {
  const received = `${host}: HTTP status ${status}`
  if (status === 401) {
    return new LeptonError('SOURCE_REFUSED', {
      expected: 'to be let in',
      received,
      remedy: 'Check how to sign in, the user and the password or token.',
    })
  }
  if (status === 403) {
    return new LeptonError('SOURCE_REFUSED', {
      expected: 'permission',
      received,
      remedy: 'Ask the operator of the archive for permission.',
    })
  }
  if (status >= 300 && status < 400) {
    return new LeptonError('SOURCE_ANSWER_INVALID', {
      expected: 'an answer at this address',
      received: `${received}, which leads elsewhere${location ? ` (${location.slice(0, 200)})` : ''}`,
      remedy: 'Enter the address it leads to, if you trust it.',
    })
  }
  if ([404, 405, 406, 415, 501].includes(status)) {
    return new LeptonError('SOURCE_UNSUPPORTED', {
      expected: 'a DICOMweb service',
      received,
      remedy: 'Check the address: it is the part before /studies, often ending in /dicom-web.',
    })
  }
  return new LeptonError('SOURCE_FAILED', { received, remedy: 'Look into the log of the archive.' })
}
