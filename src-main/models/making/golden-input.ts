import type { NetworkInput } from '#shared/domain/model-manifest/index'
import { channelCount } from '../check/inputs'
import type { OnnxModel } from '../onnx/types'

/** Side of golden pictures where neither the network nor the manifest fixes one. */
const USUAL_SIDE = 128

/** Shape of one golden input: a single picture, or the planes of its clicks. */
export function goldenShape(input: NetworkInput, name: string, { inputs }: OnnxModel): number[] {
  const planes = name === input.name ? channelCount(input.channels) : 3
  const batch = inputs.find((tensor) => tensor.name === name)?.shape?.[0]
  const count = typeof batch === 'number' ? batch : 1
  const [rows, columns] = gridOf(input.size)
  return input.layout === 'NCHW' || name !== input.name
    ? [count, planes, rows, columns]
    : [count, rows, columns, planes]
}

function gridOf(size: NetworkInput['size']): [number, number] {
  if (size.policy !== 'spacing') return [size.rows, size.columns]
  const side = Math.ceil(USUAL_SIDE / size.multiple) * size.multiple
  return [side, side]
}

/**
 * A picture drawn by arithmetic, in the range that the network is fed with: nobody's picture leaves this computer
 * inside a package.
 */
export function goldenValues(input: NetworkInput, name: string, shape: readonly number[]): Float32Array {
  const byPlane = input.layout === 'NCHW' || name !== input.name
  const [rows = 1, columns = 1] = byPlane ? shape.slice(2) : shape.slice(1, 3)
  const planes = (byPlane ? shape[1] : shape[3]) ?? 1
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1))
  for (let i = 0; i < values.length; i++) {
    const place = byPlane ? i % (rows * columns) : Math.floor(i / planes) % (rows * columns)
    const plane = byPlane ? Math.floor(i / (rows * columns)) % planes : i % planes
    const y = Math.floor(place / columns) / rows
    const x = (place % columns) / columns
    values[i] = name === input.name ? prepared(input, picture(x, y, plane), plane) : click(x, y, plane)
  }
  return values
}

/** A slope with waves, a bright disc and a dark one: from 0 to 1. */
function picture(x: number, y: number, plane: number): number {
  const waves = 0.15 * Math.sin(x * 37 + plane) * Math.cos(y * 29)
  const disc = Math.hypot(x - 0.35, y - 0.4) < 0.18 ? 0.35 : 0
  const hole = Math.hypot(x - 0.7, y - 0.65) < 0.12 ? -0.3 : 0
  return Math.min(1, Math.max(0, 0.2 + 0.4 * (x + y) * 0.5 + 0.05 * plane + waves + disc + hole))
}

function prepared({ intensity, type }: NetworkInput, share: number, plane: number): number {
  if (intensity.kind === 'z-score') return (share - 0.4) / 0.25
  const scaled = intensity.kind === 'scale' ? Math.round(share * 255) / intensity.divisor : share
  const value =
    (scaled - (intensity.mean[plane] ?? intensity.mean[0] ?? 0)) /
    (intensity.std[plane] ?? intensity.std[0] ?? 1)
  return type === 'uint8' ? Math.min(255, Math.max(0, Math.round(value))) : value
}

/** A positive click in the bright disc, a negative one in a corner, no mask before. */
function click(x: number, y: number, plane: number): number {
  if (plane === 0) return Math.hypot(x - 0.35, y - 0.4) < 0.03 ? 1 : 0
  return plane === 1 && Math.hypot(x - 0.9, y - 0.1) < 0.03 ? 1 : 0
}
