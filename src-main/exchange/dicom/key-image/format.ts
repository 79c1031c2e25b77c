import { createHash } from 'node:crypto'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import { partsOf } from '#shared/geometry/shapes/parts'
import { plainLabel } from '../../source/label-of'
import type { ExportImage, ExportSet, Format, WriteContext } from '../../types'
import { writeEachSeries } from '../each-series'
import { type Attributes, short } from '../object/attributes'
import { codeItem, dcm } from '../object/codes'
import { objectModules } from '../object/equipment'
import { frameReference, type SourceSeries } from '../object/source'
import { writeObject } from '../object/write'
import { newest } from '../seg/binary'
import { type Canvas, canvasOf, drawLine } from './canvas'
import { keyImages } from './choose'

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7'
/** Half the side of the cross that marks a point, in pixels of the image. */
const CROSS = 3

/** Key images with the annotations drawn in, as Secondary Captures: for every viewer, the simplest included. */
export const keyImage: Format = {
  id: 'sc',
  fileExtensions: ['dcm'],
  write: (set, folder, context) =>
    writeEachSeries(set, folder, context, async function* (series, source) {
      for (const [at, image] of keyImages(series).entries()) {
        context.signal.throwIfAborted()
        const canvas = canvasOf(await image.pixels())
        drawAll(canvas, image, set)
        const attributes = captureOf(canvas, image, at + 1, source, context.app)
        const bytes = await writeObject(attributes, { bytes: canvas.bytes })
        yield { name: `SC.${attributes.SOPInstanceUID}`, bytes }
      }
    }),
}

function drawAll(canvas: Canvas, { annotations }: ExportImage, { labels }: ExportSet): void {
  for (const { shape, label } of annotations) {
    const { colour } = labels.get(label) ?? plainLabel(label)
    for (const line of linesOf(shape)) drawLine(canvas, line, colour)
  }
}

function linesOf(shape: Shape): Point[][] {
  switch (shape.kind) {
    case 'point': {
      const [x, y] = shape.point
      return [
        [
          [x - CROSS, y],
          [x + CROSS, y],
        ],
        [
          [x, y - CROSS],
          [x, y + CROSS],
        ],
      ]
    }
    case 'line':
    case 'angle':
      return [[...shape.points]]
    default:
      return partsOf(shape)
        .flat()
        .map((ring) => [...ring, ...ring.slice(0, 1)])
  }
}

function captureOf(
  canvas: Canvas,
  { identity, annotations }: ExportImage,
  number: number,
  source: SourceSeries,
  app: WriteContext['app'],
): Attributes & { SOPInstanceUID: string } {
  const content = createHash('sha256').update(canvas.bytes).digest('hex')
  const modules = objectModules(
    source,
    {
      sopClass: SECONDARY_CAPTURE,
      content: `${content} ${identity.instanceUid} ${identity.frame}`,
      modality: source.modality,
      description: 'Key images',
      seriesOffset: 3000,
      madeAt: newest(annotations),
    },
    app,
  )
  return {
    ...modules,
    // the key images of a series belong together
    SeriesInstanceUID: source.keyImageSeries,
    InstanceNumber: number,
    ConversionType: 'WSD',
    ImageType: ['DERIVED', 'SECONDARY'],
    PatientOrientation: '',
    Laterality: source.dataset.code(0x00200060) ?? '',
    DerivationDescription: short(`Annotations of slice ${identity.ordinal + 1} drawn in`, 64),
    SourceImageSequence: [
      {
        ...frameReference(identity),
        PurposeOfReferenceCodeSequence: [
          codeItem(dcm('121322', 'Source image for image processing operation')),
        ],
      },
    ],
    BurnedInAnnotation: 'NO',
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    Rows: canvas.rows,
    Columns: canvas.columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    LossyImageCompression: '00',
  }
}
