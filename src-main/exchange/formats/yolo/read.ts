import { readdir } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import type { ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { findPicture } from '../common/find-picture'
import { imported } from '../common/imported'
import { checked, readText } from '../common/read-file'

const mostLines = 100_000
const names = z.union([z.array(z.string()), z.record(z.string(), z.string())])
const dataFile = z.object({ names, path: z.string().optional(), task: z.string().optional() })

/** What `data.yaml` says; label files lie in `labels/` beside it or in its `path`. */
export async function* readYolo(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const data = checked(dataFile, await parsed(await readText(path), path), path)
  const labels = new Map(Object.entries(data.names).map(([id, name]) => [Number(id), name]))
  const root = data.path && isAbsolute(data.path) ? data.path : join(dirname(path), data.path ?? '.')
  for await (const file of labelFiles(await folderOf(root, dirname(path)))) {
    context.signal.throwIfAborted()
    const name = relative(root, file)
    try {
      const image = findPicture(context.find, name.replace(/\.txt$/, ''), path, { stem: true })
      const lines = (await readText(file)).split('\n')
      if (lines.length > mostLines) throw refused(`at most ${mostLines} lines`, `${lines.length}`)
      for (const [i, line] of lines.entries()) {
        if (line.trim() === '') continue
        try {
          yield annotationOf(line, image, labels, data.task === 'obb')
        } catch (error) {
          context.failed(`${name}:${i + 1}`, error)
        }
      }
    } catch (error) {
      context.failed(name, error)
    }
  }
}

/** Aliases that unfold into each other would fill the memory. @throws INPUT_INVALID */
async function parsed(text: string, path: string): Promise<unknown> {
  const { parse } = await import('yaml')
  try {
    return parse(text, { maxAliasCount: 0 })
  } catch (cause) {
    throw new LeptonError('INPUT_INVALID', { expected: 'YAML', received: path, cause })
  }
}

/** Datasets are moved about: where the folder the file names has no labels, the one it lies in is taken. */
async function folderOf(root: string, own: string): Promise<string> {
  for (const folder of [join(root, 'labels'), join(own, 'labels')]) {
    if (await readdir(folder).catch(() => null)) return folder
  }
  throw refused('a folder `labels` beside the file', own)
}

async function* labelFiles(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* labelFiles(path)
    else if (entry.name.endsWith('.txt') && entry.name !== 'classes.txt') yield path
  }
}

function annotationOf(
  line: string,
  image: ImageIdentity,
  labels: ReadonlyMap<number, string>,
  turned: boolean,
): ImportedAnnotation {
  const [id, ...numbers] = line.trim().split(/\s+/).map(Number)
  const label = labels.get(id ?? Number.NaN)
  if (label === undefined) throw refused('a class of data.yaml', line.slice(0, 40))
  if (numbers.some((value) => !Number.isFinite(value))) throw refused('numbers', line.slice(0, 40))
  return imported(image, label, shapeOf(numbers, image, turned))
}

function shapeOf(numbers: readonly number[], { columns, rows }: ImageIdentity, turned: boolean): Shape {
  // a fifth number is a score
  if (numbers.length === 4 || numbers.length === 5) {
    const [x = 0, y = 0, width = 0, height = 0] = numbers
    return {
      kind: 'box',
      box: [(x - width / 2) * columns, (y - height / 2) * rows, width * columns, height * rows],
      angle: 0,
    }
  }
  if (numbers.length < 6 || numbers.length % 2 === 1) {
    throw refused('4 numbers of a box or 6 and more of a polygon', `${numbers.length}`)
  }
  const ring = Array.from({ length: numbers.length / 2 }, (_, i): Point => {
    return [(numbers[2 * i] ?? 0) * columns, (numbers[2 * i + 1] ?? 0) * rows]
  })
  return (turned && rectangleOf(ring)) || { kind: 'polygon', parts: [[ring]] }
}

/** A box from its corners, the first being top left before it was turned; null where they make none. */
function rectangleOf(ring: readonly Point[]): Shape | null {
  const [a, b, c, d] = ring
  if (ring.length !== 4 || !a || !b || !c || !d) return null
  const width = Math.hypot(b[0] - a[0], b[1] - a[1])
  const height = Math.hypot(d[0] - a[0], d[1] - a[1])
  const skew = Math.hypot(a[0] + c[0] - b[0] - d[0], a[1] + c[1] - b[1] - d[1])
  if (width === 0 || height === 0 || skew > 0.02 * (width + height)) return null
  const [middleX, middleY] = [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2]
  const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI
  return { kind: 'box', box: [middleX - width / 2, middleY - height / 2, width, height], angle }
}

const refused = (expected: string, received: string) =>
  new LeptonError('INPUT_INVALID', { expected, received })
