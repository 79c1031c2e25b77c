import { lstatSync } from 'node:fs'
import { sep } from 'node:path'
import type { Database } from '#main/database/open'
import { fault, LeptonError } from '#shared/domain/fault'
import { distinctInputs } from './import/walk'
import type { InputItem } from './types'

interface Row {
  path: string
  outcome: InputItem['outcome'] | 'archive'
  fault: string | null
  instanceId: number | null
  imageId: number | null
  seriesId: number | null
  frame: number | null
  ordinal: number | null
  frames: number | null
}

/**
 * Every file of the inputs as the last import of them left it, image by image: by input, then path, then frame.
 * Files that are no longer on disk are not inputs any more and are left out; an input that is itself not there is
 * one item with FILE_NOT_FOUND.
 */
export function* imagesOf(database: Database, paths: readonly string[]): IterableIterator<InputItem> {
  const rows = database.prepare<[string, string, string, string, string], Row>(
    `SELECT f.path, f.outcome, f.fault, n.id AS instanceId, i.id AS imageId, i.series_id AS seriesId, i.frame,
       i.ordinal, n.frames
     FROM files f LEFT JOIN instances n ON n.id = f.instance_id LEFT JOIN images i ON i.instance_id = n.id
     WHERE f.path = ? OR (f.path > ? AND f.path < ?) OR (f.path > ? AND f.path < ?)
     ORDER BY f.path, i.frame`,
  )
  for (const root of distinctInputs(paths)) {
    if (!isThere(root)) {
      yield { root, path: root, outcome: 'unreadable', fault: inputGone(root), image: null }
      continue
    }
    const folder = root.endsWith(sep) ? root.slice(0, -1) : root
    const found = rows.all(root, folder + sep, folder + after(sep), `${root}!/`, `${root}!${after('/')}`)
    const present = new Presence()
    for (const row of found) {
      if (row.outcome !== 'archive' && present.has(row.path)) yield itemOf(root, row, row.outcome)
    }
  }
}

/** Whether a file, or the archive it is a member of, is on disk; asks once for neighbouring members. */
class Presence {
  #path = ''
  #present = false

  has(path: string): boolean {
    const file = path.split('!/')[0] ?? path
    if (file !== this.#path) {
      this.#path = file
      this.#present = isThere(file) || isThere(path)
    }
    return this.#present
  }
}

/** A link that leads nowhere is there: it is listed with its fault. */
const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined

function itemOf(root: string, row: Row, outcome: InputItem['outcome']): InputItem {
  const { path, instanceId, imageId, seriesId, frame, frames, ordinal } = row
  const image =
    instanceId !== null && imageId !== null && seriesId !== null && frame !== null
      ? { imageId, instanceId, seriesId, frame, frames: frames ?? 1, ordinal: ordinal ?? 0 }
      : null
  const reason = row.fault ? fault.parse(JSON.parse(row.fault)) : null
  return { root, path, outcome, fault: outcome === 'image' ? null : reason, image }
}

const after = (character: string) => String.fromCharCode(character.charCodeAt(0) + 1)

const inputGone = (path: string) =>
  new LeptonError('FILE_NOT_FOUND', {
    received: path,
    remedy: 'Check the path, or connect the drive.',
  }).toFault()
