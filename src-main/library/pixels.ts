import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type Context, Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import { type Database, withoutWaitingForDisk } from '#main/database/open'
import type { Engine } from '#main/engine/types'
import { FRAME_HEADER } from '#shared/contract/routes'
import { LeptonError } from '#shared/domain/fault'
import type { Library } from './types'

const thumbnailSize = 256

interface Thumbnail {
  type: string
  bytes: Uint8Array
}

interface PixelParts {
  database: Database
  engine: Engine
  library: Library
}

/** GET routes of frames and thumbnails. Pictures of people stay out of shared caches and are asked for again. */
export function pixelRoutes({ database, engine, library }: PixelParts): Hono {
  const thumbnails = new Thumbnails(database)
  return new Hono()
    .get('/pixels/frame/:imageId', (context) =>
      answer(context, library, async (imageId, headers) => {
        const { signal } = context.req.raw
        const { data, ...info } = await engine.frame(library.imageSource(imageId), signal)
        headers.set(FRAME_HEADER, asciiJson(info))
        return { type: 'application/octet-stream', bytes: bytesOf(data) }
      }),
    )
    .get('/pixels/thumbnail/:imageId', (context) =>
      answer(context, library, async (imageId) => {
        const kept = thumbnails.get(imageId)
        if (kept) return kept
        const made = await engine.thumbnail(library.imageSource(imageId), thumbnailSize)
        thumbnails.keep(imageId, made)
        return made
      }),
    )
}

async function answer(
  context: Context,
  library: Library,
  make: (imageId: number, headers: Headers) => Promise<Thumbnail>,
): Promise<Response> {
  try {
    const imageId = imageIdOf(context.req.param('imageId'))
    const { path, version } = library.imageSource(imageId)
    const etag = `"${createHash('sha256').update(version).digest('base64url')}"`
    const headers = new Headers({ etag, 'cache-control': 'private, no-cache' })
    // a picture whose file is gone is not shown from a cache as if it were there
    const unchanged = context.req.header('if-none-match') === etag && existsSync(path)
    if (unchanged) return new Response(null, { status: 304, headers })
    const { type, bytes } = await make(imageId, headers)
    headers.set('content-type', type)
    headers.set('content-length', String(bytes.byteLength))
    return new Response(new Uint8Array(bytes), { headers })
  } catch (error) {
    return faultResponse(error)
  }
}

function imageIdOf(text: string | undefined): number {
  if (text && /^\d{1,15}$/.test(text)) return Number(text)
  throw new LeptonError('INPUT_INVALID', { expected: 'the number of an image', received: text ?? '' })
}

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** JSON in the characters a header may hold. */
const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Thumbnails once made; a changed file gets new images, and so a new thumbnail. */
class Thumbnails {
  readonly #database
  readonly #get
  readonly #put

  constructor(database: Database) {
    this.#database = database
    this.#get = database.prepare<[number], Thumbnail>('SELECT type, bytes FROM thumbnails WHERE image_id = ?')
    this.#put = database.prepare(
      'INSERT OR IGNORE INTO thumbnails (image_id, type, bytes) SELECT id, ?, ? FROM images WHERE id = ?',
    )
  }

  get(imageId: number): Thumbnail | undefined {
    return this.#get.get(imageId)
  }

  keep(imageId: number, { type, bytes }: Thumbnail): void {
    withoutWaitingForDisk(this.#database, () => this.#put.run(type, Buffer.from(bytes), imageId))
  }
}
