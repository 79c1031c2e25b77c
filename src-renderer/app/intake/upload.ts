import { z } from 'zod'
import { routes, UPLOAD_PATH_HEADER } from '#shared/contract/routes'
import { fault, faultOf, LeptonError } from '#shared/domain/fault'
import type { PickedFile } from './collect-files'
import { useUpload } from './upload-state'

/** Uploads at a time: enough to keep the disk busy, few enough to leave connections to the pictures. */
const PARALLEL = 3

const uploaded = z.object({ path: z.string() })
const finished = z.object({ jobId: z.number().int() })

/** What arrived on the app's side: the batch and the paths of its files there. */
export interface Uploaded {
  batch: string
  paths: string[]
}

/**
 * Sends files to the app's own server, a few at a time. A file that cannot be sent is listed with its reason and
 * does not stop the rest.
 *
 * @throws LeptonError CANCELLED when the signal ended it
 */
export async function upload(files: readonly PickedFile[], signal: AbortSignal): Promise<Uploaded> {
  const batch = batchName(files)
  const paths: string[] = []
  const waiting = files[Symbol.iterator]()
  const worker = async () => {
    for (const { file, path } of { [Symbol.iterator]: () => waiting }) {
      if (signal.aborted) throw new LeptonError('CANCELLED')
      try {
        const answer = await post(routes.upload(batch), signal, file, path)
        paths.push(uploaded.parse(answer).path)
        useUpload.getState().sentOne(file.size)
      } catch (error) {
        if (signal.aborted) throw new LeptonError('CANCELLED')
        useUpload.getState().failedOne(path, faultOf(error))
      }
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
  return { batch, paths }
}

/** Names a batch after its folder or file, as far as the server takes it, and makes it one of its kind. */
function batchName(files: readonly PickedFile[]): string {
  const name =
    files[0]?.path
      .split('/')[0]
      ?.replace(/[^\w-]+/g, '-')
      .slice(0, 48) ?? ''
  return `${name.replace(/^-+|-+$/g, '') || 'upload'}-${crypto.randomUUID().slice(0, 8)}`
}

/** Has the library take in an uploaded batch; gives the import job. */
export async function finishUpload(batch: string): Promise<number> {
  const answer = await post(routes.finishUpload(batch), new AbortController().signal)
  return finished.parse(answer).jobId
}

async function post(url: string, signal: AbortSignal, body?: File, path?: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    signal,
    ...(body && { body }),
    ...(path && { headers: { [UPLOAD_PATH_HEADER]: encodeURIComponent(path) } }),
  })
  if (response.ok) return response.json()
  const told = fault.safeParse(await response.json().catch(() => null))
  if (told.success) throw new LeptonError(told.data.code, told.data)
  throw new LeptonError('INTERNAL', { received: `${response.status} ${response.statusText}`.trim() })
}
