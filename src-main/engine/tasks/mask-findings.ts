import { deflateRawSync } from 'node:zlib'
import { isMaskOutput } from '#shared/decoding/masks'
import type { MapInfo } from '#shared/domain/probability-map'
import { visibleOf } from '#shared/geometry/grid'
import { cropPlanes, maskOf, tracedWindow, upsampleMap } from '#shared/geometry/probability'
import { regionsOf } from '#shared/geometry/regions'
import { mergeTiles, type PlacedPlanes } from '#shared/geometry/tiles'
import type { EngineFinding, ImageResult } from '../types'
import type { ScoredImage } from '../work/jobs'
import type { FindingRules } from '../work/session-model'

export interface MaskResult {
  findings: EngineFinding[]
  map: Extract<ImageResult, { status: 'scored' }>['map']
}

/** Regions of the mask outputs, and the map of their probabilities; no map where nothing rose above a trace. */
export function maskResult(scored: ScoredImage, rules: FindingRules): MaskResult {
  const labels = maskLabels(rules)
  if (labels.length === 0) return { findings: [], map: null }
  const { rows, columns, content, spacing } = scored.image
  const pixelMm2 = spacing ? spacing[0] * spacing[1] : null
  return regionsOfPlanes(planesOf(scored, labels.length), labels, { rows, columns, content, pixelMm2 })
}

/** Labels of the mask outputs with the threshold of each, in the order of their planes. */
export function maskLabels(rules: Pick<FindingRules, 'outputs' | 'threshold'>): MaskLabel[] {
  return rules.outputs
    .filter(isMaskOutput)
    .flatMap((output) =>
      output.labels.map((label) => ({ label, threshold: output.threshold ?? rules.threshold })),
    )
}

interface MaskLabel {
  label: string
  threshold: number
}

/** The image that planes lie over, and the size of their grid. */
interface Under {
  rows: number
  columns: number
  content: readonly [number, number]
  pixelMm2: number | null
}

/** Regions where the planes reach their thresholds, on the stored image, and the map that is kept. */
export function regionsOfPlanes(
  { window, planes }: PlacedPlanes,
  labels: readonly MaskLabel[],
  { rows, columns, content, pixelMm2 }: Under,
): MaskResult {
  const [left, top, width, height] = window
  const traced = tracedWindow(planes, height, width)
  if (!traced) return { findings: [], map: null }
  const bytes = cropPlanes(planes, [height, width], traced)
  const info: MapInfo = {
    rows,
    columns,
    mapRows: content[0],
    mapColumns: content[1],
    crop: [left + traced[0], top + traced[1], traced[2], traced[3]],
    labels: labels.map(({ label }) => label),
  }
  const findings = labels.flatMap((of, at) =>
    findingsOf(upsampleMap(info, bytes, at), info, { ...of, pixelMm2 }),
  )
  return { findings, map: { info, bytes: new Uint8Array(deflateRawSync(bytes)) } }
}

/** The planes of an image on its scaled grid; tiles are put together. */
function planesOf({ image, answers }: ScoredImage, labels: number): PlacedPlanes {
  const placed = answers.map(({ view, padded, planes }) => ({
    window: visibleOf({ content: image.content, padded }, view.offset),
    planes,
  }))
  const [only] = placed
  return only && placed.length === 1 ? only : mergeTiles(placed, image.content, labels)
}

function findingsOf(
  field: Float32Array,
  { rows, columns }: MapInfo,
  { label, threshold, pixelMm2 }: MaskLabel & Pick<Under, 'pixelMm2'>,
): EngineFinding[] {
  return regionsOf(maskOf(field, threshold), field, rows, columns).map((region) => ({
    label,
    score: region.maximum / 255,
    meanProbability: region.mean / 255,
    box: region.box,
    areaPx: region.area,
    areaMm2: pixelMm2 === null ? null : region.area * pixelMm2,
    mask: region.mask,
  }))
}
