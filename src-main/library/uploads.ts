import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { type Context, Hono } from 'hono'
import { faultResponse } from '#main/api/fault'
import { UPLOAD_PATH_HEADER } from '#shared/contract/routes'
import { LeptonError } from '#shared/domain/fault'
import type { Library } from './types'
import { uploadPathOf } from './upload-path'

const largestFile = 4 * 2 ** 30
const reserve = 2 ** 30

/**
 * POST routes of uploads from the browser: files of one batch one by one, then its end, which starts the import.
 * Files wait in `<data>/uploads/<batch>` until then.
 */
export function uploadRoutes(library: Library, dataFolder: string): Hono {
  const uploads = join(dataFolder, 'uploads')
  return new Hono()
    .post('/uploads/:batch', (context) =>
      guarded(async () => {
        const batch = batchOf(context)
        const path = uploadPathOf(context.req.header(UPLOAD_PATH_HEADER) ?? '')
        const { body, headers } = context.req.raw
        await mkdir(uploads, { recursive: true })
        await checkSize(uploads, Number(headers.get('content-length') ?? 0))
        await writeUpload(body, join(uploads, batch, ...path))
        return Response.json({ token: batch, path: path.join('/') })
      }),
    )
    .post('/uploads/:batch/finish', (context) =>
      guarded(async () => {
        const batch = batchOf(context)
        const taken = join(uploads, `${batch}.taken`)
        // moved aside, so that nothing is added while the import reads it
        await rename(join(uploads, batch), taken).catch(() => {
          throw new LeptonError('NOT_FOUND', { expected: 'an upload that is not finished', received: batch })
        })
        return Response.json(library.importUpload(batch, taken))
      }),
    )
}

const guarded = (work: () => Promise<Response>) => work().catch(faultResponse)

function batchOf(context: Context): string {
  const batch = context.req.param('batch') ?? ''
  if (/^[\w-]{1,64}$/.test(batch)) return batch
  throw new LeptonError('INPUT_INVALID', { expected: 'up to 64 letters, digits, - and _', received: batch })
}

async function checkSize(folder: string, bytes: number): Promise<void> {
  if (bytes > largestFile) throw tooLarge()
  const { bavail, bsize } = await statfs(folder)
  if (bytes + reserve > bavail * bsize) {
    throw new LeptonError('DISK_FULL', { remedy: 'Make room on the disk of the library.' })
  }
}

async function writeUpload(body: ReadableStream | null, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  if (existsSync(path))
    throw new LeptonError('INPUT_INVALID', { expected: 'each file once', received: basename(path) })
  const bytes = body ? Readable.fromWeb(body) : Readable.from([])
  try {
    await pipeline(bytes, bounded(largestFile), createWriteStream(path, { flags: 'wx' }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

function bounded(limit: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length
      if (seen > limit) done(tooLarge())
      else done(null, chunk)
    },
  })
}

const tooLarge = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'files of at most 4 GB',
    received: 'a larger one',
    remedy: 'Import it by its path, or with the desktop app.',
  })
