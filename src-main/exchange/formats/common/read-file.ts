import { readFile, stat } from 'node:fs/promises'
import type { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'

/** Bytes of an annotation file that are read at most. */
const mostBytes = 256 * 1024 * 1024

/** A text file of bounded size. @throws INPUT_INVALID */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path))
}

/** A file of bounded size. @throws INPUT_INVALID */
export async function readBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size <= mostBytes) return readFile(path)
  throw new LeptonError('INPUT_INVALID', {
    expected: `at most ${mostBytes / 1024 / 1024} MB of annotations`,
    received: `${Math.round(size / 1024 / 1024)} MB in ${path}`,
    remedy: 'Split the file.',
  })
}

/** The document of a JSON file. @throws INPUT_INVALID */
export async function readJson<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
  return checked(schema, parsed(await readText(path), path), path)
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', { expected: 'JSON', received: path, cause })
  }
}

/** A value that a file gave, if it is what it should be. @throws INPUT_INVALID with the first thing that is wrong */
export function checked<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const at = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  throw new LeptonError('INPUT_INVALID', {
    expected: issue?.message ?? 'valid data',
    received: `${where}${at}`,
  })
}
