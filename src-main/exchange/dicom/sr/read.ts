import type { Point, Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { inImage } from '#shared/geometry/slice-plane'
import type { Vector } from '#shared/geometry/vector'
import type { FormatReader, ImageIdentity, ImportedAnnotation, ReadContext } from '../../types'
import { APP_NAME, isObject, means, readDataset, referenceOf } from '../read/objects'
import { nearest, stackFor } from '../read/stacks'
import { openSegmentation } from '../seg/read'
import { segmentationBeside } from './beside'
import { concept } from './concepts'
import { type GroupContent, groupContent } from './group-content'
import { shapesOf } from './shape'
import { type Node, outermost, treeOf } from './tree'

/** Enhanced, Comprehensive and Comprehensive 3D SR. */
const REPORTS = ['22', '33', '34'].map((kind) => `1.2.840.10008.5.1.4.1.1.88.${kind}`)
const angles = ['1483009', '110859']

interface Report {
  path: string
  reader: string | null
  context: ReadContext
  /** Series named as evidence, for coordinates in the patient. */
  series: string[]
}

/** Measurement reports of any author (TID 1500): coordinates on images and in the patient, and segments. */
export const srReader: FormatReader = {
  knows: (path, head) => isObject(path, head, REPORTS),
  async *read(path, context) {
    const dataset = readDataset(path)
    const tree = treeOf(dataset)
    const ours = dataset.text(0x00080070) === APP_NAME
    const [observer] = outermost(tree, (node) => means(node.concept, concept.personName))
    const report: Report = {
      path,
      context,
      reader: observer?.item.text(0x0040a123)?.replaceAll('^', ' ').trim() || null,
      series: dataset
        .items(0x0040a375)
        .flatMap((study) => study.items(0x00081115))
        .flatMap((series) => series.code(0x0020000e) ?? []),
    }
    let at = 0
    for (const group of outermost(tree, (node) => means(node.concept, concept.group))) {
      if (context.signal.aborted) return
      const content = groupContent(group, ours)
      at++
      try {
        yield* annotationsOf(group, content, report)
      } catch (error) {
        context.failed(`measurement group ${at}, ${content.label.name}`, error)
      }
    }
  },
}

async function* annotationsOf(
  group: Node,
  content: GroupContent,
  report: Report,
): AsyncGenerator<ImportedAnnotation> {
  const said = (image: ImageIdentity, shape: Shape): ImportedAnnotation => ({
    ...content,
    image,
    studyId: image.studyId,
    shape,
    reader: report.reader,
  })
  const drawn = [...outermost(group, ({ kind }) => kind === 'SCOORD' || kind === 'SCOORD3D')]
  for (const node of drawn) {
    const options = { angle: measuresAngle(group, node) }
    const { image, type, points } = node.kind === 'SCOORD' ? onImage(node, report) : inSpace(node, report)
    const shapes = shapesOf(type, points, options)
    if (shapes.length === 0) throw unknownGraphic(type, points.length)
    for (const shape of shapes) yield said(image, shape)
  }
  const segments = [...outermost(group, ({ kind, item }) => kind === 'IMAGE' && segmentOf(item) !== null)]
  for (const { item } of segments) {
    for await (const { image, mask } of masksOf(item, report)) yield said(image, { kind: 'mask', mask })
  }
  if (drawn.length > 0 || segments.length > 0) return
  const images = [...outermost(group, ({ kind }) => kind === 'IMAGE')]
  for (const { item } of images) yield said(imageOf(item, report), { kind: 'tag' })
  if (images.length === 0) yield* ofStudy(content, report)
}

/** What is said of no image in particular is said of the study. */
function* ofStudy(content: GroupContent, { reader, series, context }: Report): Generator<ImportedAnnotation> {
  const [first] = series.flatMap((uid) => context.find.bySeries(uid)).flat()
  if (!first) throw notInLibrary(series.join(', '))
  yield { ...content, image: null, studyId: first.studyId, shape: { kind: 'tag' }, reader }
}

function onImage(node: Node, report: Report) {
  const from = node.children.find(({ kind }) => kind === 'IMAGE')
  if (!from) throw notInLibrary('coordinates without an image')
  const values = node.item.floats(0x00700022)
  const points = pairs(values)
  return { image: imageOf(from.item, report), type: node.item.code(0x00700023) ?? '', points }
}

/** Coordinates in the patient lie on the slice nearest to their first point. */
function inSpace({ item }: Node, { series, context }: Report) {
  const values = item.floats(0x00700022)
  const places = Array.from({ length: Math.floor(values.length / 3) }, (_, i): Vector => {
    const [x = 0, y = 0, z = 0] = values.slice(3 * i, 3 * i + 3)
    return [x, y, z]
  })
  const stack = stackFor(context.find, { series, frameOfReference: item.code(0x30060024) }, places)
  const slice = places[0] ? nearest(stack, places[0]) : null
  if (!slice) throw notInLibrary('coordinates beside every slice')
  const points = places.map((place): Point => inImage(slice.plane, place))
  return { image: slice.image, type: item.code(0x00700023) ?? '', points }
}

async function* masksOf(item: ImageItem, { path, context }: Report) {
  const reference = segmentOf(item)
  if (!reference) return
  const file = await segmentationBeside(path, reference.uid)
  if (file === null) {
    throw new LeptonError('FILE_NOT_FOUND', {
      expected: 'the segmentation that the report refers to, in its folder',
      received: reference.uid,
      remedy: 'Put the segmentation beside the report.',
    })
  }
  const wanted = (number: number) => reference.segments.length === 0 || reference.segments.includes(number)
  for await (const found of openSegmentation(file, context, wanted).masks) yield found
}

type ImageItem = Node['item']

function segmentOf(item: ImageItem): { uid: string; segments: number[] } | null {
  const reference = item.item(0x00081199)
  const uid = reference?.code(0x00081155) ?? null
  const isSegmentation = reference?.code(0x00081150)?.startsWith('1.2.840.10008.5.1.4.1.1.66.') ?? false
  if (!reference || uid === null || !isSegmentation) return null
  return { uid, segments: reference.shorts(0x0062000b) }
}

function imageOf(item: ImageItem, { context }: Report): ImageIdentity {
  const reference = referenceOf(item.item(0x00081199))
  const image = reference && context.find.byInstance(reference.uid, reference.frame)
  if (image) return image
  throw notInLibrary(reference?.uid ?? 'a reference without an image')
}

function measuresAngle(group: Node, drawn: Node): boolean {
  const [measure] = outermost(group, ({ kind, children }) => kind === 'NUM' && children.includes(drawn))
  return angles.includes(measure?.concept?.value ?? '')
}

const pairs = (values: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(values.length / 2) }, (_, i) => [
    values[2 * i] ?? 0,
    values[2 * i + 1] ?? 0,
  ])

const notInLibrary = (received: string) =>
  new LeptonError('NOT_FOUND', {
    expected: 'the images it refers to in the library',
    received,
    remedy: 'Take in its images first.',
  })

const unknownGraphic = (type: string, points: number) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'POINT, POLYLINE, POLYGON, CIRCLE or ELLIPSE',
    received: `${type || 'no graphic type'} of ${points} points`,
  })
