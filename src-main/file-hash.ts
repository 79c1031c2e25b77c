import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'

/** Hashes already computed, by path; valid while size and time of change stay. */
const known = new Map<string, { stamp: string; sha256: string }>()

/** SHA-256 of a file in hex; read again where `again` says so or the file seems changed. */
export async function hashOf(path: string, again = false): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  const stamp = `${size} ${mtimeMs}`
  const before = known.get(path)
  if (before?.stamp === stamp && !again) return before.sha256
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  const sha256 = hash.digest('hex')
  known.set(path, { stamp, sha256 })
  return sha256
}
