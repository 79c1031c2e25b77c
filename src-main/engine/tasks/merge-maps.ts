import { inflateRawSync } from 'node:zlib'
import type { EnsembleRule } from '#shared/domain/model-manifest/index'
import type { MapInfo } from '#shared/domain/probability-map'
import { resizeWindow } from '#shared/geometry/bilinear'
import type { FindingRules } from '../work/session-model'
import { type MaskResult, maskLabels, regionsOfPlanes } from './mask-findings'
import type { Scored } from './merge'

type Map = NonNullable<Scored['map']>

/**
 * Probability maps averaged pixel by pixel, or the share of members above their threshold there; on the members'
 * own grid where they share one, else on that of the stored image. A member without a map counts as zero.
 */
export function mergeMaps(members: readonly Scored[], rule: EnsembleRule, rules: FindingRules): MaskResult {
  const labels = maskLabels(rules)
  const maps = members.flatMap(({ map }) => map ?? [])
  const [first] = maps
  if (!first || labels.length === 0) return { findings: [], map: null }
  const { rows, columns } = first.info
  const content = gridOf(maps)
  const size = content[0] * content[1]
  const planes = new Uint8Array(labels.length * size)
  const unfolded = maps.map((map) => ({ info: map.info, bytes: inflateRawSync(map.bytes) }))
  labels.forEach(({ label, threshold }, at) => {
    const sum = new Float32Array(size)
    for (const map of unfolded) {
      const field = fieldOf(map, label, content)
      field?.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + (rule === 'vote' ? (value >= threshold * 255 ? 255 : 0) : value)
      })
    }
    sum.forEach((value, i) => {
      planes[at * size + i] = Math.floor(value / members.length + 0.5)
    })
  })
  const decided = rule === 'vote' ? labels.map((one) => ({ ...one, threshold: 0.5 })) : labels
  const placed = { window: [0, 0, content[1], content[0]] as [number, number, number, number], planes }
  return regionsOfPlanes(placed, decided, { rows, columns, content, pixelMm2: pixelAreaOf(members) })
}

function gridOf(maps: readonly Map[]): [number, number] {
  const sizes = new Set(maps.map(({ info }) => `${info.mapRows} ${info.mapColumns}`))
  const [first] = maps
  if (!first) return [0, 0]
  const { mapRows, mapColumns, rows, columns } = first.info
  return sizes.size === 1 ? [mapRows, mapColumns] : [rows, columns]
}

function fieldOf(
  { info, bytes }: { info: MapInfo; bytes: Uint8Array },
  label: string,
  content: [number, number],
): Float32Array | null {
  const at = info.labels.indexOf(label)
  if (at < 0) return null
  const [, , width, height] = info.crop
  const plane = bytes.subarray(at * width * height, (at + 1) * width * height)
  return resizeWindow(plane, info.crop, [info.mapRows, info.mapColumns], content)
}

/** Square millimetres of a pixel, from any region that was measured; members look at the same image. */
function pixelAreaOf(members: readonly Scored[]): number | null {
  for (const { findings } of members) {
    for (const { areaPx, areaMm2 } of findings) if (areaPx && areaMm2 !== null) return areaMm2 / areaPx
  }
  return null
}
