import type { Point } from './camera'
import type { Ink, Stop } from './ink'
import { strokesOf, wordAspect } from './letters'
import { motifPatches } from './motifs'
import { bends, front, isRound, type Placed, stand } from './package-shape'

type Surface = (u: number, v: number) => Point

/**
 * Paints one package: its body, its picture and words, and the light on it; rows behind lie in shadow. Words and
 * picture are left out where next to nothing of the package is `visible`.
 */
export function paintPackage(ink: Ink, placed: Placed, visible: number, cameraHeight: number): void {
  const { product } = placed
  const surface = front(placed)
  const round = isRound(product.form)
  if (!round) paintSides(ink, placed)
  const body = outline(surface, bends(product.form), 0, 1)
  ink.polygon(body, product.ground)
  const [low, high] = product.form === 'bottle' ? [0.12, 0.54] : [0.06, 0.92]
  if (product.form === 'bottle') {
    ink.polygon(band(surface, low, high), product.accent)
    ink.polygon(band(surface, 0.9, 1), product.accent)
  }
  if (visible > 0.1) paintLabel(ink, placed, surface, low, high)
  if (product.form === 'can') ink.polygon(band(surface, 0.96, 1), '#c9ccd0')
  if (round) ink.shade(body, [surface(0, 0.5), surface(1, 0.5)], roundness)
  else {
    ink.polygon(band(surface, 0.97, 1), '#ffffff', 0.18)
    ink.polygon(outline(surface, [0, 1], 0.93, 1), '#000000', 0.07)
  }
  if (product.form === 'can' && cameraHeight > placed.y + product.height) paintLid(ink, placed)
  const shadow = Math.min(0.75, 0.28 * placed.row + placed.z * 0.012)
  ink.polygon(body, '#0b0806', shadow)
}

/** Brand in a band, the picture under it, the variety at the foot. */
function paintLabel(ink: Ink, { product }: Placed, surface: Surface, low: number, high: number): void {
  const bottle = product.form === 'bottle'
  const at = (share: number) => low + (high - low) * share
  for (const { corners, accent } of motifPatches(product.motif, at(0.22), at(0.62))) {
    const colour = accent === bottle ? product.ground : product.accent
    ink.polygon(
      corners.map(([u, v]) => surface(u, v)),
      colour,
    )
  }
  ink.polygon(band(surface, at(0.68), at(0.94)), bottle ? product.ground : product.accent, bottle ? 1 : 0.92)
  const brandInk = bottle || product.ink === '#ffffff' ? product.ink : product.ground
  const room = isRound(product.form) ? ([0.2, 0.8] as const) : ([0.12, 0.88] as const)
  write(ink, surface, product.brand, room, at(0.81), product, brandInk)
  write(ink, surface, product.variety, [0.28, 0.72], at(0.1), product, bottle ? product.ground : product.ink)
}

/** Writes a word centred at height `v` between two shares of the width. */
function write(
  ink: Ink,
  surface: Surface,
  word: string,
  [left, right]: readonly [number, number],
  v: number,
  size: { width: number; height: number },
  colour: string,
): void {
  const tallest = 0.13
  let width = right - left
  let height = (width * size.width) / wordAspect(word) / size.height
  if (height > tallest) {
    width *= tallest / height
    height = tallest
  }
  ink.strokes(
    strokesOf(word).map((stroke) =>
      stroke.map(([x, y]) => surface((left + right - width) / 2 + x * width, v + height * (0.5 - y))),
    ),
    height * size.height * 0.16,
    colour,
  )
}

function paintSides(ink: Ink, placed: Placed): void {
  const { product } = placed
  const half = product.width / 2
  const face = (corners: readonly (readonly [number, number, number])[], shade: number) => {
    const points = corners.map(([across, v, deep]) => stand(placed, across, v, deep))
    ink.polygon(points, product.ground)
    ink.polygon(points, '#000000', shade)
  }
  for (const side of [-half, half]) {
    face([[side, 0, 0], [side, 1, 0], [side, 1, product.depth], [side, 0, product.depth]], 0.38) // biome-ignore format: one face
  }
  face([[-half, 1, 0], [half, 1, 0], [half, 1, product.depth], [-half, 1, product.depth]], 0.12) // biome-ignore format: one face
}

function paintLid(ink: Ink, placed: Placed): void {
  const radius = (placed.product.width / 2) * 0.92
  const ring = (size: number) =>
    Array.from({ length: 20 }, (_, i) => {
      const angle = (i / 20) * 2 * Math.PI
      const deep = placed.product.depth / 2 + size * Math.sin(angle)
      return stand(placed, size * Math.cos(angle), 1, deep)
    })
  ink.polygon(ring(radius), '#b9bdc2')
  ink.polygon(ring(radius * 0.86), '#8f959c')
}

/** Dark towards both sides, a soft gleam left of the middle; places as shares of the seen width. */
const roundness: readonly Stop[] = [
  [0, '#000000', 0.5],
  [0.08, '#000000', 0.3],
  [0.24, '#000000', 0],
  [0.25, '#ffffff', 0],
  [0.34, '#ffffff', 0.3],
  [0.44, '#ffffff', 0],
  [0.6, '#000000', 0],
  [0.88, '#000000', 0.3],
  [1, '#000000', 0.55],
]

/** The part of a front between two shares of its width, from foot to top and back. */
function outline(surface: Surface, heights: readonly number[], left: number, right: number): Point[] {
  return [
    ...heights.map((v) => surface(left, v)),
    ...across(surface, left, right, 1),
    ...heights.toReversed().map((v) => surface(right, v)),
    ...across(surface, right, left, 0),
  ]
}

function band(surface: Surface, low: number, high: number): Point[] {
  return [...across(surface, 0, 1, low), ...across(surface, 1, 0, high)]
}

function across(surface: Surface, from: number, to: number, v: number): Point[] {
  const steps = Math.max(1, Math.round(Math.abs(to - from) * 6))
  return Array.from({ length: steps + 1 }, (_, i) => surface(from + ((to - from) * i) / steps, v))
}
