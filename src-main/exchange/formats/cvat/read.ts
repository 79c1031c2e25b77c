import { z } from 'zod'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { encodeRle, forEachSetRun } from '#shared/geometry/rle'
import type { ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { attributeOf } from '../common/attribute-text'
import { findPicture, sameSize } from '../common/find-picture'
import { imported } from '../common/imported'
import { checked } from '../common/read-file'
import { readXml } from '../common/xml'

const kinds = ['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'tag'] as const
const number = z.coerce.number<string>()
const rotation = number.default(0)
const common = z.object({
  label: z.string(),
  group_id: z.string().optional(),
  attribute: z.array(z.object({ name: z.string(), '#text': z.string().default('') })).default([]),
})
const fields = {
  box: z.object({ xtl: number, ytl: number, xbr: number, ybr: number, rotation }),
  ellipse: z.object({ cx: number, cy: number, rx: number, ry: number, rotation }),
  mask: z.object({ rle: z.string(), left: number, top: number, width: number, height: number }),
  points: z.object({ points: z.string() }),
}
const list = z.array(z.unknown()).max(100_000).default([])
const picture = z.object({
  name: z.string(),
  width: number,
  height: number,
  box: list,
  polygon: list,
  polyline: list,
  points: list,
  ellipse: list,
  mask: list,
  tag: list,
})
const document = z.object({
  annotations: z.object({
    meta: z.unknown().optional(),
    image: z.array(z.unknown()).max(10_000_000).default([]),
  }),
})

const cvatLists = [...kinds, 'image', 'attribute', 'label']

/** Every shape of a file for images 1.1; tracks of videos are another format. */
export async function* readCvat(path: string, context: ReadContext): AsyncGenerator<ImportedAnnotation> {
  const { annotations } = checked(document, await readXml(path, cvatLists), path)
  const numbers = numberAttributes(annotations.meta)
  for (const [i, value] of annotations.image.entries()) {
    context.signal.throwIfAborted()
    try {
      const one = checked(picture, value, `image ${i + 1}`)
      const image = findPicture(context.find, one.name, path)
      sameSize(image, one.width, one.height)
      for (const kind of kinds) {
        for (const [j, shape] of one[kind].entries()) {
          try {
            yield* annotationsOf(kind, shape, image, numbers)
          } catch (error) {
            context.failed(`${one.name}: ${kind} ${j + 1}`, error)
          }
        }
      }
    } catch (error) {
      context.failed(`image ${i + 1}`, error)
    }
  }
}

function* annotationsOf(
  kind: (typeof kinds)[number],
  value: unknown,
  image: ImageIdentity,
  numbers: ReadonlySet<string>,
): Generator<ImportedAnnotation> {
  const { label, group_id: group, attribute } = checked(common, value, kind)
  for (const shape of shapesOf(kind, value, image)) {
    yield imported(image, label, shape, {
      object: group && group !== '0' ? `group ${group}` : null,
      attributes: Object.fromEntries(
        attribute.map(({ name, '#text': text }) => [
          name,
          attributeOf(text, numbers.has(`${label} ${name}`)),
        ]),
      ),
    })
  }
}

function shapesOf(kind: (typeof kinds)[number], value: unknown, image: ImageIdentity): Shape[] {
  switch (kind) {
    case 'box': {
      const { xtl, ytl, xbr, ybr, rotation: angle } = checked(fields.box, value, kind)
      return [{ kind: 'box', box: [xtl, ytl, xbr - xtl, ybr - ytl], angle }]
    }
    case 'ellipse': {
      const { cx, cy, rx, ry, rotation: angle } = checked(fields.ellipse, value, kind)
      return [{ kind: 'ellipse', centre: [cx, cy], radii: [rx, ry], angle }]
    }
    case 'mask':
      return [maskFrom(checked(fields.mask, value, kind), image)]
    case 'tag':
      return [{ kind: 'tag' }]
    default: {
      const points = pointsFrom(checked(fields.points, value, kind).points)
      if (kind === 'points') return points.map((point) => ({ kind: 'point', point }))
      const least = kind === 'polygon' ? 3 : 2
      if (points.length < least) throw refused(`${least} points or more`, `${points.length}`)
      return [kind === 'polygon' ? { kind: 'polygon', parts: [[points]] } : { kind: 'line', points }]
    }
  }
}

function pointsFrom(text: string): Point[] {
  return text.split(';').map((pair) => {
    const [x, y, ...more] = pair.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
    if (x === undefined || y === undefined || more.length > 0 || !Number.isFinite(x) || !Number.isFinite(y)) {
      throw refused('x,y;x,y', pair.slice(0, 40))
    }
    return [x, y]
  })
}

function maskFrom(mask: z.infer<typeof fields.mask>, { rows, columns }: ImageIdentity): Shape {
  const { left, top, width, height } = mask
  const inside =
    left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= columns && top + height <= rows
  const runs = mask.rle.split(',').map(Number)
  const length = runs.reduce((sum, run) => sum + (run >= 0 && Number.isInteger(run) ? run : Number.NaN), 0)
  if (!inside || length !== width * height) {
    throw refused(`runs of ${width * height} pixels within the picture`, `runs of ${length}`)
  }
  const all = new Uint8Array(rows * columns)
  forEachSetRun({ rows: height, columns: width, runs }, (start, count) => {
    for (let at = start; at < start + count; at++) {
      all[(top + Math.floor(at / width)) * columns + left + (at % width)] = 1
    }
  })
  return { kind: 'mask', mask: encodeRle(all, rows, columns) }
}

/** `label attribute` of those that the head of the file declares as numbers. */
function numberAttributes(meta: unknown): Set<string> {
  const declared = z.object({
    name: z.string(),
    attributes: z.object({ attribute: z.array(z.object({ name: z.string(), input_type: z.string() })) }),
  })
  const found = new Set<string>()
  const look = (value: unknown, depth: number) => {
    if (depth > 6 || typeof value !== 'object' || value === null) return
    const label = declared.safeParse(value)
    for (const one of label.success ? label.data.attributes.attribute : []) {
      if (one.input_type === 'number') found.add(`${label.data?.name} ${one.name}`)
    }
    for (const child of Object.values(value)) look(child, depth + 1)
  }
  look(meta, 0)
  return found
}

const refused = (expected: string, received: string) =>
  new LeptonError('INPUT_INVALID', { expected, received })
