import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'

const FILE = 'deidentification.key'
const secret = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * The secret that pseudonyms and new UIDs of this library are made with, in hexadecimal digits; made when it is
 * first asked for. Whoever has it and a list of identities can tell pseudonyms apart. Throws FILE_UNREADABLE.
 */
export function librarySecret(dataFolder: string): string {
  const path = join(dataFolder, FILE)
  try {
    writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const stored = secret.safeParse(readFileSync(path, 'utf8').trim())
  if (stored.success) return stored.data
  throw new LeptonError('FILE_UNREADABLE', {
    expected: '64 hexadecimal digits',
    received: path,
    remedy: 'Put the file back from a backup; without it, pseudonyms of earlier exports are not met again.',
  })
}
