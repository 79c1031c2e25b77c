import type { Dataset } from '#main/imaging/dicom/dataset'
import type { Shape } from '#shared/domain/annotation/shape'
import { LeptonError } from '#shared/domain/fault'
import { inImage } from '#shared/geometry/slice-plane'
import type { Vector } from '#shared/geometry/vector'
import type { FormatReader, ImageIdentity, ImportedAnnotation, ImportedLabel, ReadContext } from '../../types'
import { codeOf, isObject, readDataset } from '../read/objects'
import { nearest, type Stack, stackFor } from '../read/stacks'
import { type Contour, masksOf, unevenness } from './contours'

const RT_STRUCTURE_SET = '1.2.840.10008.5.1.4.1.1.481.3'
const CLOSED = ['CLOSED_PLANAR', 'CLOSEDPLANAR_XOR']

interface Structure {
  number: number
  label: ImportedLabel
  contours: { kind: string; points: Vector[] }[]
}

/** RT Structure Sets: closed contours become masks, points and open ones stay what they are. */
export const rtStructReader: FormatReader = {
  knows: (path, head) => isObject(path, head, [RT_STRUCTURE_SET]),
  async *read(path, context) {
    const dataset = readDataset(path)
    const uid = dataset.code(0x00080018) ?? path
    const structures = structuresOf(dataset)
    const points = structures.flatMap(({ contours }) => contours.flatMap((one) => one.points.slice(0, 1)))
    const stack = stackFor(context.find, referencesOf(dataset), points)
    for (const structure of structures) {
      if (context.signal.aborted) return
      yield* annotationsOf(structure, stack, uid, context)
    }
  },
}

function* annotationsOf(
  { number, label, contours }: Structure,
  stack: Stack,
  uid: string,
  { failed }: ReadContext,
): Generator<ImportedAnnotation> {
  const name = label.name || `structure ${number}`
  const closed: Contour[] = []
  const base = { label, attributes: {}, reader: null, note: '' }
  const said = (image: ImageIdentity, shape: Shape, object: string): ImportedAnnotation => ({
    ...base,
    image,
    studyId: image.studyId,
    shape,
    object: `urn:oid:${uid} ${object}`,
  })
  for (const [at, { kind, points }] of contours.entries()) {
    const [first] = points
    if (!first) continue
    if (CLOSED.includes(kind) && points.length >= 3) {
      const off = unevenness({ points }, stack)
      if (off <= stack.distance / 2) closed.push({ points })
      else failed(`${name}, contour ${at + 1}`, oblique(off))
      continue
    }
    const slice = nearest(stack, first)
    if (!slice) failed(`${name}, contour ${at + 1}`, outside())
    else if (kind === 'POINT' || points.length === 1)
      yield said(slice.image, { kind: 'point', point: inImage(slice.plane, first) }, `${number}.${at}`)
    else if (kind === 'OPEN_PLANAR')
      yield said(
        slice.image,
        { kind: 'line', points: points.map((point) => inImage(slice.plane, point)) },
        `${number}.${at}`,
      )
    else failed(`${name}, contour ${at + 1}`, unknownKind(kind))
  }
  const masks = masksOf(closed, stack)
  if (closed.length > 0 && masks.length === 0) failed(name, outside())
  for (const { slice, mask } of masks) yield said(slice.image, { kind: 'mask', mask }, String(number))
}

function structuresOf(dataset: Dataset): Structure[] {
  const observed = new Map(
    dataset.items(0x30060080).map((item) => [item.decimal(0x30060084), codeOf(item.item(0x30060086))]),
  )
  const named = new Map(
    dataset.items(0x30060020).map((item) => [item.decimal(0x30060022), item.text(0x30060026) ?? '']),
  )
  return dataset.items(0x30060039).map((item) => {
    const number = item.decimal(0x30060084) ?? 0
    return {
      number,
      label: { name: named.get(number) ?? '', code: observed.get(number) ?? null, colour: colourOf(item) },
      contours: item.items(0x30060040).map((contour) => ({
        kind: contour.code(0x30060042) ?? '',
        points: triples(contour.decimals(0x30060050)),
      })),
    }
  })
}

function referencesOf(dataset: Dataset): { series: string[]; frameOfReference: string | null } {
  const frames = dataset.items(0x30060010)
  const series = frames
    .flatMap((frame) => frame.items(0x30060012))
    .flatMap((study) => study.items(0x30060014))
    .flatMap((one) => one.code(0x0020000e) ?? [])
  return { series, frameOfReference: frames[0]?.code(0x00200052) ?? dataset.code(0x00200052) }
}

function triples(values: readonly number[]): Vector[] {
  return Array.from({ length: Math.floor(values.length / 3) }, (_, i): Vector => {
    const [x = 0, y = 0, z = 0] = values.slice(3 * i, 3 * i + 3)
    return [x, y, z]
  })
}

function colourOf(item: Dataset): string | null {
  const channels = item.decimals(0x3006002a)
  if (channels.length !== 3 || channels.some((value) => value < 0 || value > 255)) return null
  return `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

const oblique = (off: number) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'contours in the planes of the slices',
    received: `one that leaves its slice by ${off.toFixed(1)} mm`,
  })

const outside = () =>
  new LeptonError('INPUT_INVALID', {
    expected: 'contours on slices of the series',
    received: 'one that lies beside every slice',
    remedy: 'Take in the whole series.',
  })

const unknownKind = (kind: string) =>
  new LeptonError('INPUT_INVALID', {
    expected: 'CLOSED_PLANAR, OPEN_PLANAR or POINT',
    received: kind || 'no kind of contour',
  })
