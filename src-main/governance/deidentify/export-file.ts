import { copyFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { makeFolder } from '#main/make-folder'
import type { ExportRequest } from '#shared/contract/deidentify'
import type { FileKeys, FileReport, PixelBox } from '#shared/domain/deidentification'
import { LeptonError } from '#shared/domain/fault'
import type { WaitingItem } from './item-store'
import type { ExportDeps } from './types'

export interface WrittenFile {
  name: string
  report: FileReport | null
  keys: FileKeys | null
}

interface Work {
  jobId: number
  item: WaitingItem
  request: ExportRequest
  /** Those a person left; null where nobody has looked. */
  boxes: PixelBox[] | null
  secret: string
  signal: AbortSignal
  /** A name like this one that no other file of the job has; keeps it. */
  reserve(name: string): string
}

/** A name below the folder: no way out of it, and nothing a file system would choke on. */
const SAFE_NAME = /^(?!.*\.\.)[\w.-]{1,120}(?:\/[\w.-]{1,120}){0,4}$/

/** Writes one file under its final name, complete or not at all. Throws what is in the way. */
export async function exportFile(deps: ExportDeps, work: Work): Promise<WrittenFile> {
  const { jobId, item, request } = work
  const target = join(request.folder, `.lepton-${jobId}-${item.id}.part`)
  try {
    const made = await make(deps, work, target)
    if (!SAFE_NAME.test(made.name)) throw new LeptonError('PATH_REFUSED', { received: made.name })
    const name = work.reserve(made.name)
    const path = join(request.folder, ...name.split('/'))
    await makeFolder(dirname(path))
    await rename(target, path)
    return { ...made, name }
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
}

async function make({ engine }: ExportDeps, work: Work, target: string): Promise<WrittenFile> {
  const { item, request, boxes, secret, signal } = work
  const { path } = item
  if (request.deidentify === null) {
    await copyFile(path, target)
    return { name: originalName(path), report: null, keys: null }
  }
  const task = { path, target, options: request.deidentify, secret, boxes }
  const { name, report, keys } = await engine.deidentify(task, signal)
  return { name, report, keys: request.keyTable === null ? null : keys }
}

/** The file's own folder and name, with what does not belong in a name replaced. */
function originalName(path: string): string {
  const tidy = (text: string) =>
    text
      .replace(/[^\w.-]+/g, '_')
      .replace(/\.{2,}|^\./g, '_')
      .slice(0, 120)
  return `${tidy(basename(dirname(path))) || 'files'}/${tidy(basename(path)) || 'file'}`
}

/** `name-2.dcm` for the second file of a name, and so on. */
export function numbered(name: string, number: number): string {
  if (number === 1) return name
  const ending = extname(name)
  return `${name.slice(0, name.length - ending.length)}-${number}${ending}`
}
