import { type Noise, ramp } from '../value-noise'
import { beyond } from './anatomy'
import { cover, length, mix } from './edges'
import type { Level, Muscle } from './level'
import { t1 } from './signal'

const skinThickness = 1.6

/** One plane through the thigh: its anatomy, the noise that textures it and the width over which edges blend. */
export interface Plane {
  height: number
  level: Level
  noise: Noise
  soft: number
}

/** T1 signal of everything but bone and tumour at a point, in millimetres from the thigh's axis; null in the air. */
export function softTissue(x: number, y: number, plane: Plane): number | null {
  const { level, noise, soft, height } = plane
  const radius = length(x, y) || 1e-9
  const outside = radius - level.skin(x / radius, y / radius)
  if (outside > soft) return null
  const beyondFascia =
    radius - level.fascia(x / radius, y / radius) + 1.6 * noise(x / 19, y / 19, height / 30)
  let value = beyondFascia > -soft ? fatUnderSkin(x, y, plane) : 0
  if (beyondFascia < soft) {
    value = mix(value, t1.fascia, cover(Math.abs(beyondFascia) - 0.35, soft))
    value = mix(value, compartment(x, y, plane), cover(beyondFascia, soft))
  }
  value = mix(value, t1.skin, cover(-outside - skinThickness, soft))
  return mix(t1.air, value, cover(outside, soft))
}

/** Fat lobules with thin septa, and the veins that run in it. */
function fatUnderSkin(x: number, y: number, { height, level, noise, soft }: Plane): number {
  const ridge = 1 - Math.abs(turned(noise, x / 10, y / 10, height / 25))
  const septum = ramp(0.92, 1, ridge) * ramp(-0.3, 0.5, noise(x / 30, y / 30, height / 40 + 9))
  let value = t1.fat + 0.025 * noise(x / 24, y / 24 + 7, height / 30) - 0.3 * septum
  for (const vein of level.veins) {
    value = mix(value, t1.vein, cover(length(x - vein.x, y - vein.y) - vein.radius, soft))
  }
  return value
}

/** Muscles packed against each other with planes of fat between, vessels and nerve in their beds of fat. */
function compartment(x: number, y: number, { height, level, noise, soft }: Plane): number {
  const wx = x + 2.4 * noise(x / 17, y / 17, height / 45) + 0.7 * noise(x / 6, y / 6, height / 20 + 5)
  const wy = y + 2.4 * noise(x / 17 + 11, y / 17, height / 45) + 0.7 * noise(x / 6 + 11, y / 6, height / 20)
  let nearest = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  let chosen: Muscle | undefined
  for (const muscle of level.muscles) {
    const distance = beyond(muscle, wx, wy)
    if (distance < nearest) {
      second = nearest
      nearest = distance
      chosen = muscle
    } else if (distance < second) second = distance
  }
  if (chosen === undefined) return t1.fat
  const thickness = 0.12 + 0.5 * ramp(-0.5, 0.9, noise(x / 13, y / 13 + 5, height / 30))
  const plane = Math.max(cover((second - nearest) / 2 - thickness, soft), 1 - cover(nearest - 8, soft))
  let value = mix(fibres(wx, wy, height, chosen, noise), t1.fat * 0.9, plane)
  for (const cord of level.cords) {
    const distance = beyond(cord.ellipse, x, y)
    if (distance > cord.bed + 4) continue
    const bed = cord.bed * (0.6 + 0.5 * noise(x / 9, y / 9, height / 20))
    value = mix(value, t1.fat * 0.92, cover(distance - bed, soft * 2))
    value = mix(value, cord.signal, cover(distance, soft))
  }
  return value
}

/**
 * Muscle substance: bundles of fibres with streaks of fat among them, drawn out along the muscle's longer side, and
 * the fatty septum that parts the muscle there.
 */
function fibres(x: number, y: number, height: number, muscle: Muscle, noise: Noise): number {
  const along = muscle.size * (muscle.a * (x - muscle.x) + muscle.b * (y - muscle.y)) * muscle.stretch
  const aside = (muscle.size * (muscle.c * (x - muscle.x) + muscle.d * (y - muscle.y))) / muscle.stretch
  const [long, short] = muscle.stretch > 1 ? [along, aside] : [aside, along]
  const mottle = noise(x / 9, y / 9, height / 20)
  const where = noise(x / 15, y / 15, height / 35)
  const ridge = 1 - Math.abs(turned(noise, long / 9 + 3 * muscle.fat, short / 3.4, height / 24))
  const streak = ramp(0.84, 1, ridge) * (0.55 + 0.45 * ramp(0.75 - muscle.fat, 1.1 - muscle.fat, where + 0.5))
  const septum =
    ramp(1.3, 0.4, Math.abs(short + 3 * noise(long / 14, 3, height / 40))) *
    ramp(-0.2, 0.5, noise(long / 9, height / 18, 5))
  return t1.muscle + 0.016 * mottle + 0.02 * where + 0.25 * Math.max(streak, muscle.fat * septum)
}

/** Two octaves of noise turned against each other, so that no line follows the lattice. */
function turned(noise: Noise, x: number, y: number, z: number): number {
  const first = noise(0.8 * x - 0.6 * y, 0.6 * x + 0.8 * y, z)
  return first + 0.6 * noise(1.1 * x + 1.9 * y + 7, 1.1 * y - 1.9 * x, z * 1.6)
}
