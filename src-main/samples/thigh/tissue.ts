import { ramp, valueNoise } from '../value-noise'
import { cover, length, mix } from './edges'
import { buildOf, levelAt } from './level'
import type { ThighOptions } from './options'
import { t1 } from './signal'
import { type Plane, softTissue } from './soft-tissue'
import { tumourShape } from './tumour-shape'

/** A thigh in continuous space, without blur, noise or pixels. */
export interface Thigh {
  /** The anatomy at a height; edges blend over `soft` millimetres. */
  plane(height: number, soft: number): ThighPlane
  /** Volume of the tumour in mm3, as long as no bone cuts into it; 0 without one. */
  tumourVolume: number
}

/** Points of a plane, in millimetres from the thigh's axis. */
export interface ThighPlane {
  /** T1 signal relative to fat. */
  signal(x: number, y: number): number
  /** Whether the point lies in the tumour. */
  tumour(x: number, y: number): boolean
}

/** How much of the room that the tumour takes is made by pushing tissue aside; the rest it has replaced. */
const massEffect = 0.85
/** Over how many tumour radii the push fades. */
const pushReach = 0.7
/** No thigh, whatever the tumour, is wider than this from its axis, in millimetres. */
const farthestSkin = 118

/** Builds the thigh that the options describe. */
export function thighOf(options: ThighOptions): Thigh {
  const { tumour, seed } = options
  const shape = tumour === null ? null : tumourShape(tumour, seed)
  const noise = valueNoise(seed)
  const build = buildOf(seed)
  const cos = Math.cos(build.turn)
  const sin = Math.sin(build.turn)

  const planeOf = (height: number, soft: number): ThighPlane => {
    const level = levelAt(height, build)
    const plane: Plane = { height, level, noise, soft }
    const reachOf = (x: number, y: number) =>
      shape === null || tumour === null
        ? Number.POSITIVE_INFINITY
        : shape.reach(x - tumour.x, y - tumour.y, height - tumour.z)
    const depth = (x: number, y: number, reach: number) =>
      tumour === null
        ? Number.POSITIVE_INFINITY
        : length(x - tumour.x, y - tumour.y, height - tumour.z) * (1 - 1 / reach)
    const fromBone = (x: number, y: number) =>
      length(x - level.femur.x, y - level.femur.y) - level.femur.outer
    return {
      tumour: (x, y) => reachOf(x, y) < 1 && fromBone(x, y) > 0,
      signal: (x, y) => {
        if (x * x + y * y > farthestSkin ** 2) return t1.air
        const reach = reachOf(x, y)
        const kept = 1 - pushed(reach)
        const px = tumour === null ? x : tumour.x + (x - tumour.x) * kept
        const py = tumour === null ? y : tumour.y + (y - tumour.y) * kept
        const around = softTissue(cos * px - sin * py, sin * px + cos * py, plane)
        if (around === null) return t1.air
        let value = around
        if (reach < 1.2) value = withTumour(value, depth(x, y, reach), x, y, plane)
        return withFemur(value, fromBone(x, y), x, y, plane)
      },
    }
  }
  return { tumourVolume: shape === null ? 0 : shape.volume(), plane: planeOf }
}

/** By what share of its way to the tumour's centre a point was pushed outwards, 0 to 1. */
function pushed(reach: number): number {
  if (reach === Number.POSITIVE_INFINITY) return 0
  const fading = reach <= 1 ? 1 : Math.exp(-(((reach - 1) / pushReach) ** 2))
  const room = (massEffect * fading) / Math.max(1, reach) ** 2
  return 1 - Math.sqrt(1 - room)
}

/** Solid, slightly brighter than muscle, with softened and bled parts and a capsule on part of its surface. */
function withTumour(value: number, distance: number, x: number, y: number, plane: Plane): number {
  const { height, noise, soft } = plane
  const grain = 0.02 * noise(x / 14, y / 14, height / 16) + 0.012 * noise(x / 4, y / 4, height / 8)
  const soften = ramp(0.35, 0.8, noise(x / 16 + 5, y / 16, height / 20))
  const bled = ramp(0.62, 0.95, noise(x / 12, y / 12 + 3, height / 16))
  let inside = t1.tumour + grain
  inside = mix(inside, t1.necrosis, soften)
  inside = mix(inside, t1.haemorrhage, bled)
  const walled = ramp(-0.2, 0.3, noise(x / 20, y / 20 + 9, height / 25))
  const wall = cover(Math.abs(distance) - 0.5, soft) * walled
  return mix(mix(value, inside, cover(distance, soft)), t1.capsule, wall)
}

/** Dark cortex and bright marrow with faint trabeculae. */
function withFemur(value: number, fromBone: number, x: number, y: number, plane: Plane): number {
  const { height, level, noise, soft } = plane
  if (fromBone > soft) return value
  const marrow = t1.marrow + 0.05 * noise(x / 5, y / 5, height / 15)
  const fromMarrow =
    fromBone + level.femur.outer - level.femur.marrow + 0.8 * noise(x / 6, y / 6, height / 30)
  return mix(value, mix(t1.cortex, marrow, cover(fromMarrow, soft)), cover(fromBone, soft))
}
