import { LeptonError } from '#shared/domain/fault'

/** One part: its headers by lower-case name, and its content as it arrives. */
export interface Part {
  headers: ReadonlyMap<string, string>
  content: AsyncGenerator<Buffer>
}

const LARGEST_HEADER = 16 * 1024
const LARGEST_PREAMBLE = 64 * 1024
const LINE = Buffer.from('\r\n')

/** The boundary that a content type names; null where it is not multipart. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (!/^multipart\/related\b/i.test(contentType ?? '')) return null
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType ?? '') ?? []
  return quoted ?? plain ?? null
}

/**
 * The parts of a multipart body (RFC 2046) one after the other, holding no more than a chunk of it. What is left
 * of a part is passed over when the next one is asked for.
 * @throws SOURCE_ANSWER_INVALID where it does not keep to the form or ends early.
 */
export async function* readParts(body: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<Part> {
  const reader = new Reader(body, Buffer.from(`\r\n--${boundary}`))
  await reader.skipPreamble()
  while (await reader.nextPart()) {
    const headers = await reader.headers()
    const content = reader.content()
    yield { headers, content }
    for await (const _ of content);
    await reader.finishContent()
  }
}

class Reader {
  readonly #chunks: AsyncIterator<Buffer>
  readonly #delimiter: Buffer
  /** What was read and not yet passed on; a line end before it makes the first delimiter like all others. */
  #held: Buffer = LINE
  #inContent = false

  constructor(body: AsyncIterable<Buffer>, delimiter: Buffer) {
    this.#chunks = body[Symbol.asyncIterator]()
    this.#delimiter = delimiter
  }

  async skipPreamble(): Promise<void> {
    let passed = 0
    for await (const chunk of this.#upToDelimiter()) {
      passed += chunk.length
      if (passed > LARGEST_PREAMBLE) throw invalid('the boundary it names', 'none')
    }
  }

  /** Whether a part follows the delimiter just passed; false at the closing one. */
  async nextPart(): Promise<boolean> {
    await this.#fill(2)
    if (this.#held.toString('latin1', 0, 2) === '--') return false
    const end = await this.#find(LINE, LARGEST_HEADER)
    if (this.#held.subarray(0, end).toString('latin1').trim() !== '') throw invalid('a line end', 'text')
    // the line end stays: headers begin with it, an empty header is only it
    this.#held = this.#held.subarray(end)
    return true
  }

  async headers(): Promise<Map<string, string>> {
    const end = await this.#find(Buffer.from('\r\n\r\n'), LARGEST_HEADER)
    const lines = this.#held.subarray(0, end).toString('latin1').split('\r\n')
    this.#held = this.#held.subarray(end + 4)
    this.#inContent = true
    const headers = new Map<string, string>()
    for (const line of lines) {
      const colon = line.indexOf(':')
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
    }
    return headers
  }

  async *content(): AsyncGenerator<Buffer> {
    yield* this.#upToDelimiter()
    this.#inContent = false
  }

  /** Passes over what a reader of the content has left. */
  async finishContent(): Promise<void> {
    if (!this.#inContent) return
    for await (const _ of this.#upToDelimiter());
    this.#inContent = false
  }

  async *#upToDelimiter(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(this.#delimiter)
      if (at >= 0) {
        const last = this.#held.subarray(0, at)
        this.#held = this.#held.subarray(at + this.#delimiter.length)
        if (last.length > 0) yield last
        return
      }
      const sure = this.#held.length - this.#delimiter.length + 1
      if (sure > 0) {
        const passed = this.#held.subarray(0, sure)
        this.#held = this.#held.subarray(sure)
        yield passed
      }
      await this.#more()
    }
  }

  async #find(mark: Buffer, limit: number): Promise<number> {
    for (;;) {
      const at = this.#held.indexOf(mark)
      if (at >= 0) return at
      if (this.#held.length > limit) throw invalid('headers of a few lines', `more than ${limit} bytes`)
      await this.#more()
    }
  }

  async #fill(length: number): Promise<void> {
    while (this.#held.length < length) await this.#more()
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#chunks.next()
    if (done) throw invalid('a closing boundary', 'the end of the answer')
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value])
  }
}

const invalid = (expected: string, received: string) =>
  new LeptonError('SOURCE_ANSWER_INVALID', {
    expected: `a multipart answer with ${expected}`,
    received,
    remedy: 'Try again; if it stays so, look into the log of the archive.',
  })
