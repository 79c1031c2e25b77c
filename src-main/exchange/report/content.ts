import { thumbnail } from '#main/imaging'
import type { SchemaLabel } from '#shared/domain/annotation/label-schema'
import type { Ring, Shape } from '#shared/domain/annotation/shape'
import { areaOfRle } from '#shared/geometry/rle'
import { measure } from '#shared/geometry/shapes/measures'
import { partsOf } from '#shared/geometry/shapes/parts'
import { segmentsOf } from '../dicom/seg/segments'
import { type Figures, figuresOf } from '../dicom/sr/figures'
import type { ExportAnnotation, ExportImage, ExportSeries, ExportSet, SeriesIdentity } from '../types'

/** Longest side of a key image in pixels. */
const PICTURE = 720

/** The picture of a finding where it is largest, with what was drawn there in pixels of the image. */
export interface KeyPicture {
  /** JPEG; null where the file cannot be read any more. */
  jpeg: Uint8Array | null
  rows: number
  columns: number
  outlines: Ring[]
  /** Lines that are not closed: lengths, angles, points as a cross. */
  lines: Ring[]
}

/** One object as a report tells of it. */
export interface ReportFinding {
  label: SchemaLabel
  figures: Figures
  /** mm of a line, degrees of an angle; null for anything else. */
  length: number | null
  angle: number | null
  /** Places in the stack, counted from 1. */
  first: number
  last: number
  /** Of its series. */
  series: string
  judged: ExportAnnotation
  picture: KeyPicture
}

/** What a report says of one study. */
export interface ReportContent {
  identity: SeriesIdentity
  findings: ReportFinding[]
  /** What is said of images and of the study as a whole. */
  tags: { label: SchemaLabel; annotation: ExportAnnotation; image: number | null }[]
  /** Images that were looked at. */
  images: number
  readers: string[]
  /** `id@version` of the models whose findings were judged. */
  models: string[]
}

/** Gathers what readers say of a study from its series. */
export async function reportContent(
  set: ExportSet,
  studySeries: readonly ExportSeries[],
): Promise<ReportContent | null> {
  const [first] = studySeries
  if (!first) return null
  const findings: ReportFinding[] = []
  const tags: ReportContent['tags'] = []
  for (const series of studySeries) {
    findings.push(...(await findingsOf(series, set)))
    tags.push(...tagsOf(series, set))
  }
  const judged = [...findings.map((one) => one.judged), ...tags.map(({ annotation }) => annotation)]
  return {
    identity: first.identity,
    findings,
    tags,
    images: studySeries.reduce((sum, { images }) => sum + images.length, 0),
    readers: distinct(judged.map(({ reader }) => reader)),
    models: distinct(
      judged.flatMap(({ origin }) => (origin ? `${origin.modelId}@${origin.modelVersion}` : [])),
    ),
  }
}

const distinct = (texts: readonly string[]) => [...new Set(texts)].sort()

async function findingsOf(series: ExportSeries, set: ExportSet): Promise<ReportFinding[]> {
  const found: ReportFinding[] = []
  const seen = new Set<string>()
  for (const segment of segmentsOf(series, set)) {
    const judged = surest(segment.annotations)
    const largest = [...segment.slices].sort((a, b) => areaOfRle(b.mask) - areaOfRle(a.mask))[0]
    const image = largest && series.images[largest.place]
    if (!judged || !image) continue
    seen.add(segment.objectId)
    const places = segment.slices.map(({ place }) => place)
    found.push({
      label: segment.label,
      figures: figuresOf(segment, series),
      length: null,
      angle: null,
      first: Math.min(...places) + 1,
      last: Math.max(...places) + 1,
      series: series.identity.series.description,
      judged,
      picture: await pictureOf(image, segment.objectId),
    })
  }
  for (const [place, image] of series.images.entries()) {
    for (const annotation of image.annotations) {
      const label = set.labels.get(annotation.label)
      if (!label || annotation.shape.kind === 'tag' || seen.has(annotation.objectId)) continue
      seen.add(annotation.objectId)
      const { area, length, angle, unit } = measure(
        annotation.shape,
        image.identity.geometry?.spacing ?? null,
      )
      const inMm = <T>(value: T) => (unit === 'mm' ? value : null)
      found.push({
        label,
        figures: { volume: null, area: inMm(area), longestDiameter: null, meanProbability: null },
        length: inMm(length),
        angle,
        first: place + 1,
        last: place + 1,
        series: series.identity.series.description,
        judged: annotation,
        picture: await pictureOf(image, annotation.objectId),
      })
    }
  }
  return found
}

/** Of an object on several slices the region that its model was surest of. */
function surest(annotations: readonly ExportAnnotation[]): ExportAnnotation | undefined {
  return [...annotations].sort((a, b) => (b.origin?.score ?? 0) - (a.origin?.score ?? 0))[0]
}

async function pictureOf(image: ExportImage, objectId: string): Promise<KeyPicture> {
  const { rows, columns } = image.identity
  const shapes = image.annotations.filter((one) => one.objectId === objectId).map(({ shape }) => shape)
  const jpeg = await image
    .pixels()
    .then((frame) => thumbnail(frame, PICTURE))
    .then(
      ({ bytes }) => bytes,
      () => null,
    )
  return {
    jpeg,
    rows,
    columns,
    outlines: shapes.flatMap((shape) => partsOf(shape).flat()),
    lines: shapes.flatMap((shape) => linesOf(shape, Math.max(rows, columns) / 60)),
  }
}

function linesOf(shape: Shape, arm: number): Ring[] {
  if (shape.kind === 'line' || shape.kind === 'angle') return [[...shape.points]]
  if (shape.kind !== 'point') return []
  const [x, y] = shape.point
  return [
    [
      [x - arm, y],
      [x + arm, y],
    ],
    [
      [x, y - arm],
      [x, y + arm],
    ],
  ]
}

function tagsOf(series: ExportSeries, set: ExportSet): ReportContent['tags'] {
  const labelled = (annotation: ExportAnnotation, image: number | null) => {
    const label = set.labels.get(annotation.label)
    return label ? [{ label, annotation, image }] : []
  }
  return [
    ...series.tags.flatMap((tag) => labelled(tag, null)),
    ...series.images.flatMap(({ annotations }, place) =>
      annotations.filter(({ shape }) => shape.kind === 'tag').flatMap((tag) => labelled(tag, place + 1)),
    ),
  ]
}
