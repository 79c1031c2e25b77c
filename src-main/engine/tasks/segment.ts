import { deflateRawSync } from 'node:zlib'
import type { MapInfo } from '#shared/domain/probability-map'
import { cropPlanes, maskOf, tracedWindow, upsampleMap } from '#shared/geometry/probability'
import { regionsOf } from '#shared/geometry/regions'
import type { EngineFinding, ImageResult } from '../types'
import type { ScoredImage } from '../work/jobs'

/**
 * Logits (labels x rows x columns) of one image as probability bytes, floor(p x 255 + 0.5), without the border:
 * labels x content rows x columns.
 */
export function quantise(
  logits: Float32Array,
  [labels, rows, columns]: readonly [number, number, number],
  [contentRows, contentColumns]: readonly [number, number],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(labels * contentRows * contentColumns)
  let at = 0
  for (let label = 0; label < labels; label++) {
    for (let y = 0; y < contentRows; y++) {
      const row = (label * rows + y) * columns
      for (let x = 0; x < contentColumns; x++) {
        bytes[at++] = Math.floor(255 / (1 + Math.exp(-(logits[row + x] ?? 0))) + 0.5)
      }
    }
  }
  return bytes
}

/** Findings and the kept map of one image after the session. */
export function segment(
  { image, planes, milliseconds }: ScoredImage,
  labels: string[],
  threshold: number,
): ImageResult {
  const { index, sha256, rows, columns, content, spacing } = image
  const crop = tracedWindow(planes, ...content)
  if (!crop)
    return {
      index,
      status: 'scored',
      sha256,
      findings: [],
      classes: [],
      embedding: null,
      map: null,
      milliseconds,
    }
  const info: MapInfo = { rows, columns, mapRows: content[0], mapColumns: content[1], crop, labels }
  const bytes = cropPlanes(planes, content, crop)
  const findings = labels.flatMap((label, at) =>
    findingsOf(upsampleMap(info, bytes, at), info, { label, threshold, spacing }),
  )
  const map = { info, bytes: new Uint8Array(deflateRawSync(bytes)) }
  return { index, status: 'scored', sha256, findings, classes: [], embedding: null, map, milliseconds }
}

function findingsOf(
  field: Float32Array,
  { rows, columns }: MapInfo,
  of: { label: string; threshold: number; spacing: [number, number] | null },
): EngineFinding[] {
  const pixelMm2 = of.spacing ? of.spacing[0] * of.spacing[1] : null
  return regionsOf(maskOf(field, of.threshold), field, rows, columns).map((region) => ({
    label: of.label,
    score: region.maximum / 255,
    meanProbability: region.mean / 255,
    box: region.box,
    areaPx: region.area,
    areaMm2: pixelMm2 === null ? null : region.area * pixelMm2,
    mask: region.mask,
  }))
}
