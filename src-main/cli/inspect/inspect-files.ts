import { relative, resolve } from 'node:path'
import type { Engine } from '#main/engine/types'
import { type FoundFile, walk } from '#main/library/import/walk'
import { faultOf } from '#shared/domain/fault'
import type { Inspection } from '#shared/domain/inspection'

/** Files that the engine looks into at the same time. */
const AT_ONCE = 4

export interface InspectedFile {
  /** The path as the caller named it; below a single folder, the path from there with forward slashes. */
  name: string
  inspection: Inspection
}

/** Looks into every file of the paths, in order; what stands in the way of one stops no other. */
export async function* inspectFiles(
  engine: Pick<Engine, 'inspect'>,
  paths: readonly string[],
): AsyncGenerator<InspectedFile> {
  const waiting: Promise<InspectedFile>[] = []
  for (const path of paths) {
    const base = paths.length === 1 ? path : '.'
    for await (const file of walk([resolve(path)], new AbortController().signal)) {
      waiting.push(inspected(engine, file, nameOf(file.path, path, base)))
      const first = waiting.length < AT_ONCE ? undefined : waiting.shift()
      if (first) yield await first
    }
  }
  for (const file of waiting) yield await file
}

async function inspected(
  engine: Pick<Engine, 'inspect'>,
  { path, fault }: FoundFile,
  name: string,
): Promise<InspectedFile> {
  try {
    if (fault) throw fault
    return { name, inspection: await engine.inspect(path) }
  } catch (error) {
    const { code, expected, received, remedy } = faultOf(error)
    return { name, inspection: { status: 'error', code, expected, received, remedy } }
  }
}

function nameOf(file: string, input: string, base: string): string {
  const below = relative(resolve(base), file).replaceAll('\\', '/')
  return resolve(input) === file ? input : below
}
