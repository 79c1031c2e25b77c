import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from '#main/make-folder'
import type { WriteContext } from '../../types'

/** Writes a file and the folders above it, and tells of it. */
export async function writeOut(
  path: string,
  content: string | Uint8Array,
  context: Pick<WriteContext, 'written' | 'signal'>,
): Promise<void> {
  context.signal.throwIfAborted()
  await makeFolder(dirname(path))
  await writeFile(path, content)
  context.written(path)
}
