import { randomStream } from '../random'
import { cords, type Ellipse, ellipseAt, femur, muscles, skinVeins } from './anatomy'

const hipToKnee = 200

/** One person's build, drawn from the seed. */
export interface Build {
  scale: number
  /** Thickness of the fat under the skin at the hip end, in millimetres. */
  fat: number
  /** Turn of the whole thigh about its axis, in radians. */
  turn: number
}

/** Draws a build within the range of ordinary adults. */
export function buildOf(seed: number): Build {
  const random = randomStream(seed, 0x6275696c)
  return { scale: random.between(1.06, 1.14), fat: random.between(11, 15), turn: random.between(-0.07, 0.07) }
}

/** A muscle's cut at one height. */
export interface Muscle extends Ellipse {
  /** Share of fat among its fibres, 0 to 1. */
  fat: number
  /** How much longer its first axis is than the mean of both. */
  stretch: number
}

/** The anatomy at one height, ready to be asked point by point. */
export interface Level {
  muscles: Muscle[]
  cords: { ellipse: Ellipse; signal: number; bed: number }[]
  veins: { x: number; y: number; radius: number }[]
  femur: { x: number; y: number; outer: number; marrow: number }
  /** Radius of the skin towards a direction given by its cosine and sine. */
  skin(cos: number, sin: number): number
  /** Radius of the deep fascia round the muscles. */
  fascia(cos: number, sin: number): number
}

/** Anatomy at `height` millimetres above the middle of the thigh. */
export function levelAt(height: number, build: Build): Level {
  const level = Math.min(1.1, Math.max(-0.1, 0.5 - height / hipToKnee))
  const { scale } = build
  const taper = 1.03 - 0.13 * level
  const fat = build.fat * (1 - 0.35 * level)
  const fascia = (cos: number, sin: number) => {
    const twice = cos * cos - sin * sin
    const thrice = cos * (4 * cos * cos - 3)
    return scale * taper * (72 + 2.4 * twice - 1.6 * thrice - 2 * sin)
  }
  const skin = (cos: number, sin: number) =>
    fascia(cos, sin) + fat * (1 + 0.34 * cos + 0.18 * sin - 0.16 * (cos * cos - sin * sin))
  return {
    muscles: muscles.map(({ hip, knee, fat }) => {
      const ellipse = ellipseAt(hip, knee, level, scale * taper * 1.04)
      return { ...ellipse, fat, stretch: 1 / (ellipse.size * Math.hypot(ellipse.a, ellipse.b)) }
    }),
    cords: cords.map(({ hip, knee, signal, bed }) => ({
      ellipse: ellipseAt(hip, knee, level, scale * taper),
      signal,
      bed,
    })),
    veins: skinVeins.map(({ angle, depth, radius }) => {
      const cos = Math.cos((angle * Math.PI) / 180)
      const sin = Math.sin((angle * Math.PI) / 180)
      const away = skin(cos, sin) - depth
      return { x: away * cos, y: away * sin, radius }
    }),
    femur: {
      x: scale * (femur.hip.x + (femur.knee.x - femur.hip.x) * level),
      y: scale * (femur.hip.y + (femur.knee.y - femur.hip.y) * level),
      outer: femur.outer,
      marrow: femur.marrow * (1 + 0.15 * level),
    },
    skin,
    fascia,
  }
}
