/** An elliptic column in the thigh at one level, in millimetres; x medial, y posterior, angle in degrees. */
interface Station {
  x: number
  y: number
  rx: number
  ry: number
  angle: number
}

/** A muscle between the level nearest the hip and the level nearest the knee. */
interface Muscle {
  name: string
  hip: Station
  knee: Station
  /** Share of fat streaks among its fibres, 0 to 1. */
  fat: number
}

const at = (x: number, y: number, rx: number, ry: number, angle = 0): Station => ({ x, y, rx, ry, angle })

/**
 * Muscles of a right thigh as seen in axial pictures: positions after the usual atlases of sectional anatomy,
 * rounded; not measured in any one person.
 */
export const muscles: readonly Muscle[] = [
  { name: 'rectus femoris', hip: at(-4, -53, 19, 13), knee: at(0, -54, 14, 8), fat: 0.45 },
  { name: 'vastus lateralis', hip: at(-48, -19, 17, 36, 20), knee: at(-48, -7, 15, 33, 12), fat: 0.45 },
  { name: 'vastus intermedius', hip: at(-16, -28, 24, 13, -12), knee: at(-8, -32, 24, 11), fat: 0.45 },
  { name: 'vastus medialis', hip: at(20, -30, 13, 15, 30), knee: at(34, -24, 22, 27, 20), fat: 0.45 },
  { name: 'sartorius', hip: at(34, -46, 15, 7, 40), knee: at(50, 22, 8, 14, -10), fat: 0.35 },
  { name: 'adductor longus', hip: at(41, -16, 17, 14, 35), knee: at(28, 4, 8, 6, 20), fat: 0.3 },
  { name: 'gracilis', hip: at(66, 6, 6, 18, 4), knee: at(47, 38, 6, 9, 20), fat: 0.3 },
  { name: 'adductor magnus', hip: at(33, 20, 30, 22, -14), knee: at(18, 15, 12, 9), fat: 0.55 },
  { name: 'semimembranosus', hip: at(30, 48, 11, 8, -24), knee: at(27, 42, 18, 15, -20), fat: 0.5 },
  { name: 'semitendinosus', hip: at(6, 57, 16, 12), knee: at(10, 55, 9, 8), fat: 0.5 },
  { name: 'biceps, long head', hip: at(-21, 50, 16, 14, 20), knee: at(-22, 44, 17, 14, 30), fat: 0.55 },
  { name: 'biceps, short head', hip: at(-24, 18, 8, 10, 20), knee: at(-26, 24, 10, 12, 20), fat: 0.4 },
]

/** Shaft of the femur: outer radius and marrow radius. */
export const femur = { hip: { x: -8, y: -4 }, knee: { x: -3, y: -10 }, outer: 14.5, marrow: 8.5 }

/** Vessels and nerve: bright or dark dots in a bed of fat. `signal` is relative to fat = 1. */
export const cords = [
  { name: 'femoral artery', hip: at(27, -30, 4, 4), knee: at(17, 4, 3.6, 3.6), signal: 0.06, bed: 4.5 },
  { name: 'femoral vein', hip: at(34, -25, 5, 4.4), knee: at(20, 12, 4.6, 4), signal: 0.14, bed: 4 },
  { name: 'deep femoral vessels', hip: at(10, 10, 2.6, 2.2), knee: at(0, 12, 1.6, 1.6), signal: 0.1, bed: 3 },
  {
    name: 'sciatic nerve',
    hip: at(2, 38, 7, 3.6, -20),
    knee: at(-2, 30, 4.6, 3.2, 10),
    signal: 0.4,
    bed: 4.5,
  },
] as const

/** Veins under the skin, in millimetres inside it, by angle (degrees from medial, towards posterior). */
export const skinVeins = [
  { angle: -12, depth: 8, radius: 2.2 },
  { angle: 118, depth: 6, radius: 1.4 },
  { angle: 232, depth: 5, radius: 1.1 },
] as const

/** An ellipse made ready for fast distances at one level. */
export interface Ellipse {
  x: number
  y: number
  /** Rows of the matrix that turns an offset into radii. */
  a: number
  b: number
  c: number
  d: number
  /** Geometric mean radius, in millimetres. */
  size: number
}

/** The station at `level`, 0 at the hip end and 1 at the knee end, all lengths multiplied by `scale`. */
export function ellipseAt(hip: Station, knee: Station, level: number, scale: number): Ellipse {
  const mid = (from: number, to: number) => from + (to - from) * level
  const rx = mid(hip.rx, knee.rx) * scale
  const ry = mid(hip.ry, knee.ry) * scale
  const angle = (mid(hip.angle, knee.angle) * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return {
    x: mid(hip.x, knee.x) * scale,
    y: mid(hip.y, knee.y) * scale,
    a: cos / rx,
    b: sin / rx,
    c: -sin / ry,
    d: cos / ry,
    size: Math.sqrt(rx * ry),
  }
}

/** Distance from an ellipse's edge in millimetres, negative inside; exact for circles, near enough for the rest. */
export function beyond(ellipse: Ellipse, x: number, y: number): number {
  const dx = x - ellipse.x
  const dy = y - ellipse.y
  const u = ellipse.a * dx + ellipse.b * dy
  const v = ellipse.c * dx + ellipse.d * dy
  return (Math.sqrt(u * u + v * v) - 1) * ellipse.size
}
