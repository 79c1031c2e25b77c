import type { Database } from '#main/database/open'
import { identities, stackOf } from '../source/stack'
import type { ImageFinder, ImageIdentity } from '../types'

/** Finds images of the library as files name them. */
export function createFinder(database: Database): ImageFinder {
  const byName = new Map<string, readonly ImageIdentity[]>()
  const named = (name: string, stem: boolean) => {
    const key = `${stem}${name}`
    const known = byName.get(key) ?? candidates(database, name, stem)
    byName.set(key, known)
    return known
  }
  return {
    byInstance: (uid, frame = 0) =>
      identities(
        database,
        `(instances.key = ? OR (instances.key > ? AND instances.key < ?)) AND images.frame = ?
         ORDER BY instances.id LIMIT 1`,
        `sop:${uid}`,
        `sop:${uid}#`,
        `sop:${uid}$`,
        frame,
      )[0] ?? null,
    bySeries: (uid) =>
      database
        .prepare<[string], number>('SELECT id FROM series WHERE uid = ? ORDER BY part, id')
        .pluck()
        .all(uid)
        .map((seriesId) => stackOf(database, seriesId)),
    byFrameOfReference: (uid) =>
      database
        .prepare<[string], number>(
          `SELECT DISTINCT series_id FROM instances
           WHERE header ->> '$.series.frameOfReference' = ? ORDER BY series_id`,
        )
        .pluck()
        .all(uid)
        .map((seriesId) => stackOf(database, seriesId)),
    byHash: (sha256) =>
      identities(database, 'instances.sha256 = ? ORDER BY instances.id, images.frame LIMIT 1', sha256)[0] ??
      null,
    stack: ({ seriesId }) => stackOf(database, seriesId),
    byPath(path, { stem = false, near = '' } = {}) {
      const parts = partsOf(path, stem)
      const name = parts.at(-1) ?? ''
      return best(named(name, stem), parts, partsOf(near, false), stem)
    },
  }
}

function candidates(database: Database, name: string, stem: boolean): ImageIdentity[] {
  if (name === '') return []
  const pattern = likeEscaped(name) + (stem ? '.%' : '')
  return identities(
    database,
    `(shown_path LIKE ? ESCAPE '\\' OR shown_path LIKE ? ESCAPE '\\' OR shown_path LIKE ? ESCAPE '\\')
     AND images.frame = 0 ORDER BY instances.id`,
    pattern,
    `%/${pattern}`,
    `%\\\\${pattern}`,
  ).filter((image) => partsOf(image.path, stem).at(-1) === name)
}

/** The one that shares most parts at the end of its path; where several do, the one nearest to the file read. */
function best(
  images: readonly ImageIdentity[],
  parts: readonly string[],
  near: readonly string[],
  stem: boolean,
): ImageIdentity | null {
  const scored = images.map((image) => {
    const own = partsOf(image.path, stem)
    return { image, shared: sharedEnd(own, parts) * 1000 + sharedStart(own, near) }
  })
  const most = Math.max(...scored.map(({ shared }) => shared))
  const winners = scored.filter(({ shared }) => shared === most)
  return winners.length === 1 ? (winners[0]?.image ?? null) : null
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++
  return shared
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
  let shared = 0
  while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared++
  return shared
}

function partsOf(path: string, stem: boolean): string[] {
  const parts = path.split(/[\\/]/).filter((part) => part !== '' && part !== '.')
  const name = parts.pop()
  if (name === undefined) return []
  return [...parts, stem ? name.replace(/\.(nii\.gz|[^.]+)$/i, '') : name]
}

const likeEscaped = (text: string) => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
