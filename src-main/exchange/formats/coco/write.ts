import { join } from 'node:path'
import type { Shape } from '#shared/domain/annotation/shape'
import type { Rle } from '#shared/domain/finding'
import { extentOf } from '#shared/geometry/shapes/extent'
import { areaOf, maskOf, partsOf } from '#shared/geometry/shapes/parts'
import type { ExportImage, ExportSet, WriteContext } from '../../types'
import { extraOf } from '../common/lepton-extra'
import { type Names, namesFor } from '../common/names'
import { cannotSay } from '../common/notices'
import { writeOut } from '../common/output'
import { placePicture } from '../common/pictures'
import { compressCounts, countsOf } from './rle'

interface Document {
  images: unknown[]
  annotations: unknown[]
}

/** One file of instances for each part of the set, with ids of categories from 1 in the order of the schema. */
export async function writeCoco(set: ExportSet, folder: string, context: WriteContext): Promise<void> {
  const names = namesFor(set)
  const categories = new Map([...set.labels.keys()].map((key, i) => [key, i + 1]))
  const documents = new Map<string, Document>()
  const pictures = context.pictures ?? 'name'
  for await (const { images } of set.series()) {
    for (const image of images) {
      const part = image.part ?? 'default'
      const document = documents.get(part) ?? { images: [], annotations: [] }
      documents.set(part, document)
      addImage(document, image, names, categories, context)
      if (pictures !== 'name') {
        await placePicture(image, join(folder, 'images', part, names(image)), pictures, context)
      }
    }
  }
  for (const [part, document] of documents) {
    const text = JSON.stringify({
      info: { description: set.name, contributor: `${context.app.name} ${context.app.version}` },
      licenses: [],
      categories: [...set.labels.values()].map(({ key, name, code, colour }, i) => ({
        id: i + 1,
        name: key,
        supercategory: '',
        color: colour,
        lepton: { name, code },
      })),
      ...document,
    })
    await writeOut(join(folder, 'annotations', `instances_${part}.json`), text, context)
  }
}

function addImage(
  document: Document,
  image: ExportImage,
  names: Names,
  categories: ReadonlyMap<string, number>,
  context: WriteContext,
): void {
  const { identity } = image
  const id = document.images.length + 1
  document.images.push({
    id,
    width: identity.columns,
    height: identity.rows,
    file_name: names(image),
    lepton: {
      path: identity.path,
      sha256: identity.sha256,
      uid: identity.instanceUid,
      frame: identity.frame,
    },
  })
  for (const annotation of image.annotations) {
    const said = saidOf(annotation.shape, identity.rows, identity.columns)
    if (said === null) {
      cannotSay(context, image, annotation, annotation.shape.kind, 'It is left out; LabelMe holds it.')
      continue
    }
    const { exact, ...fields } = said
    document.annotations.push({
      id: document.annotations.length + 1,
      image_id: id,
      category_id: categories.get(annotation.label) ?? 0,
      iscrowd: annotation.attributes.iscrowd === 1 ? 1 : 0,
      ...fields,
      ...(annotation.origin && { score: annotation.origin.score }),
      attributes: annotation.attributes,
      lepton: extraOf(annotation, exact),
    })
  }
}

/** What COCO's own fields say of a shape; null for what they have no place for. */
function saidOf(shape: Shape, rows: number, columns: number) {
  const bbox = extentOf(shape)
  if (bbox === null) return null
  const area = areaOf(shape)
  switch (shape.kind) {
    case 'box':
      return {
        bbox,
        area,
        segmentation: shape.angle === 0 ? [] : polygonsOf(shape),
        exact: shape.angle === 0,
      }
    case 'polygon':
      return shape.parts.every((rings) => rings.length === 1)
        ? { bbox, area, segmentation: polygonsOf(shape), exact: true }
        : pixelsOf(maskOf(shape, rows, columns), false)
    case 'mask':
      return pixelsOf(shape.mask, true)
    case 'ellipse':
      return { bbox, area, segmentation: polygonsOf(shape), exact: false }
    case 'point':
      return { bbox, area, segmentation: [], keypoints: [...shape.point, 2], num_keypoints: 1, exact: true }
    default:
      return null
  }
}

function pixelsOf(mask: Rle | null, exact: boolean) {
  const bbox = mask && extentOf({ kind: 'mask', mask })
  if (!mask || !bbox) return null
  const segmentation = { size: [mask.rows, mask.columns], counts: compressCounts(countsOf(mask)) }
  return { bbox, area: areaOf({ kind: 'mask', mask }), segmentation, exact }
}

const polygonsOf = (shape: Shape) => partsOf(shape).map(([outer = []]) => outer.flat())
