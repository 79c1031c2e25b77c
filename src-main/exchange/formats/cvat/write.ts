import { join } from 'node:path'
import type { Point } from '#shared/domain/annotation/shape'
import type { Rle } from '#shared/domain/finding'
import { decodeRle, encodeRle } from '#shared/geometry/rle'
import { extentOf } from '#shared/geometry/shapes/extent'
import { maskOf } from '#shared/geometry/shapes/parts'
import type { ExportAnnotation, ExportImage, ExportSet, WriteContext } from '../../types'
import { attributeText } from '../common/attribute-text'
import { namesFor } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { element, textElement } from '../common/xml'

/** CVAT for images 1.1: one `annotations.xml` with the pictures beside it. */
export async function writeCvat(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const groups = new Groups()
  const written: string[] = []
  const attributes = new Map<string, Set<string>>()
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const name = names(image)
      const { columns: width, rows: height } = image.identity
      const shapes = image.annotations.flatMap((annotation) => {
        noteAttributes(attributes, annotation)
        return elementsOf(annotation, image, groups.of(annotation), context)
      })
      const subset = image.part ?? null
      written.push(element('image', { id: written.length, name, subset, width, height }, shapes))
      if (pictures !== 'name') await placePicture(image, join(folder, 'images', name), pictures, context)
    }
  }
  const head = [textElement('version', '1.1'), element('meta', {}, [metaOf(set, attributes)])]
  const text = `<?xml version="1.0" encoding="utf-8"?>\n${element('annotations', {}, [...head, ...written])}\n`
  await writeOut(join(folder, 'annotations.xml'), text, context)
}

/** Numbers for objects, given when they are asked for. */
class Groups {
  readonly #numbers = new Map<string, number>()

  of({ objectId }: ExportAnnotation): number {
    const number = this.#numbers.get(objectId) ?? this.#numbers.size + 1
    this.#numbers.set(objectId, number)
    return number
  }
}

/** CVAT asks for the type of every attribute; numbers are marked so that they are read as such. */
function noteAttributes(known: Map<string, Set<string>>, { label, attributes }: ExportAnnotation): void {
  const own = known.get(label) ?? new Set()
  known.set(label, own)
  for (const [name, value] of Object.entries(attributes)) {
    own.add(`${typeof value === 'number' ? 'number' : 'text'} ${name}`)
  }
}

function metaOf(set: ExportSet, attributes: ReadonlyMap<string, ReadonlySet<string>>): string {
  const labels = [...set.labels.values()].map(({ key, colour }) =>
    element('label', {}, [
      textElement('name', key),
      textElement('color', colour),
      textElement('type', 'any'),
      element(
        'attributes',
        {},
        [...(attributes.get(key) ?? [])].map((text) => {
          const [type = '', ...name] = text.split(' ')
          return element('attribute', {}, [
            textElement('name', name.join(' ')),
            textElement('mutable', 'False'),
            textElement('input_type', type),
            textElement('default_value', ''),
            textElement('values', ''),
          ])
        }),
      ),
    ]),
  )
  return element('task', {}, [textElement('name', set.name), element('labels', {}, labels)])
}

function elementsOf(
  annotation: ExportAnnotation,
  image: ExportImage,
  group: number,
  context: WriteContext,
): string[] {
  const { shape, label, note } = annotation
  const lost = (what: string, instead: string) => cannotSay(context, image, annotation, what, instead)
  if (note !== '') lost('note', 'It is left out.')
  const source = annotation.origin ? 'auto' : 'manual'
  const attributes = Object.entries(annotation.attributes).map(
    ([name, value]) =>
      `<attribute name="${name.replaceAll(/[<>&"]/g, '')}">${textOnly(attributeText(value))}</attribute>`,
  )
  const one = (name: string, fields: Record<string, string | number>) => [
    element(name, { label, source, occluded: 0, ...fields, z_order: 0, group_id: group }, attributes),
  ]
  const mask = (rle: Rle | null) => {
    const fields = rle && maskFields(rle)
    return fields ? one('mask', fields) : []
  }
  const { rows, columns } = image.identity
  switch (shape.kind) {
    case 'box': {
      const [x, y, width, height] = shape.box
      const rotation: Record<string, number> =
        shape.angle === 0 ? {} : { rotation: (shape.angle + 360) % 360 }
      return one('box', { xtl: x, ytl: y, xbr: x + width, ybr: y + height, ...rotation })
    }
    case 'polygon': {
      const holes = shape.parts.some((rings) => rings.length > 1)
      if (holes) {
        lost('holes', 'It is written as a mask.')
        return mask(maskOf(shape, rows, columns))
      }
      if (shape.parts.length > 1) lost('separate parts', 'They are written as polygons of one group.')
      return shape.parts.flatMap(([ring = []]) => one('polygon', { points: pointsText(ring) }))
    }
    case 'mask':
      return mask(shape.mask)
    case 'ellipse': {
      const rotation: Record<string, number> =
        shape.angle === 0 ? {} : { rotation: (shape.angle + 360) % 360 }
      const [cx, cy] = shape.centre
      return one('ellipse', { cx, cy, rx: shape.radii[0], ry: shape.radii[1], ...rotation })
    }
    case 'point':
      return one('points', { points: pointsText([shape.point]) })
    case 'line':
      return one('polyline', { points: pointsText(shape.points) })
    case 'angle':
      lost('meaning of an angle', 'It is written as a line.')
      return one('polyline', { points: pointsText(shape.points) })
    case 'tag':
      return [element('tag', { label, source, group_id: group }, attributes)]
  }
}

const pointsText = (points: readonly Point[]) => points.map(([x, y]) => `${x},${y}`).join(';')

const textOnly = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Run lengths, row by row, of the box around the mask. */
function maskFields(
  rle: Rle,
): { rle: string; left: number; top: number; width: number; height: number } | null {
  const box = extentOf({ kind: 'mask', mask: rle })
  if (!box) return null
  const [left, top, width, height] = box
  const all = decodeRle(rle)
  const cut = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (top + row) * rle.columns + left
    cut.set(all.subarray(from, from + width), row * width)
  }
  return { rle: encodeRle(cut, height, width).runs.join(', '), left, top, width, height }
}
