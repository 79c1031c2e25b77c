import type { PixelBox } from '#shared/domain/deidentification'
import { type Glyph, glyphs } from './glyphs'

const HEIGHT = { least: 5, most: 64 }
/** Letters that touch are one patch, up to this many times as wide as high. */
const WIDEST = 6
/** Fewer patches in a row are no writing: one may be anything. */
const FEWEST = 3
const SAME_PEAK = 32
/** Covered around a line, for soft edges and accents. */
const MARGIN = 3

/**
 * Rectangles around lines of writing: patches of one height and brightness that stand on one line, close to one
 * another. Finds printed letters of any script upon any ground that they stand out from, not handwriting, nor
 * letters along a curve.
 * @param grey rows x columns, row by row, 0 to 255.
 */
export function textLines(grey: Uint8Array, rows: number, columns: number): PixelBox[] {
  const boxes = [true, false].flatMap((bright) =>
    linesOf(glyphs(grey, rows, columns, bright).filter(isLetter)).map((line) => boxOf(line, rows, columns)),
  )
  return joinedBoxes(boxes)
}

const widthOf = ({ left, right }: Glyph) => right - left + 1
const heightOf = ({ top, bottom }: Glyph) => bottom - top + 1

function isLetter(glyph: Glyph): boolean {
  const [width, height] = [widthOf(glyph), heightOf(glyph)]
  if (height < HEIGHT.least || height > HEIGHT.most || width > WIDEST * height) return false
  const filled = glyph.area / (width * height)
  const upright = width <= height * 0.4
  return filled >= 0.15 && (upright || filled <= 0.85)
}

/** Chains of letters from left to right. */
function linesOf(letters: Glyph[]): Glyph[][] {
  const sorted = [...letters].sort((a, b) => a.left - b.left)
  const lines: Glyph[][] = []
  const open: Glyph[][] = []
  for (const letter of sorted) {
    const line = open.find((candidate) => continues(candidate, letter))
    if (line) line.push(letter)
    else open.push([letter])
    for (let index = open.length - 1; index >= 0; index--) {
      const last = open[index]?.at(-1)
      if (last && letter.left - last.right > HEIGHT.most * 1.5) lines.push(...open.splice(index, 1))
    }
  }
  return [...lines, ...open].filter(isWriting)
}

function continues(line: readonly Glyph[], letter: Glyph): boolean {
  const last = line.at(-1)
  if (!last) return false
  const [a, b] = [heightOf(last), heightOf(letter)]
  const middle = Math.abs(last.top + last.bottom - letter.top - letter.bottom) / 2
  const gap = letter.left - last.right
  const near = gap <= 1.5 * Math.max(a, b) && gap >= -1
  return (
    near &&
    middle <= 0.4 * Math.max(a, b) &&
    Math.max(a, b) <= 2 * Math.min(a, b) &&
    Math.abs(last.peak - letter.peak) <= SAME_PEAK
  )
}

/** Enough letters of one brightness, most of which stand on one line. */
function isWriting(line: readonly Glyph[]): boolean {
  const wide = line.filter((glyph) => widthOf(glyph) > 2.5 * heightOf(glyph)).length
  if (line.length + 2 * wide < FEWEST) return false
  const bottoms = line.map(({ bottom }) => bottom).sort((a, b) => a - b)
  const base = bottoms[bottoms.length >> 1] ?? 0
  const tallest = Math.max(...line.map(heightOf))
  const standing = line.filter(({ bottom }) => Math.abs(bottom - base) <= Math.max(1, 0.12 * tallest)).length
  const peaks = line.map(({ peak }) => peak)
  return standing >= 0.6 * line.length && Math.max(...peaks) - Math.min(...peaks) <= 2 * SAME_PEAK
}

function boxOf(line: readonly Glyph[], rows: number, columns: number): PixelBox {
  const x = Math.max(0, Math.min(...line.map(({ left }) => left)) - MARGIN)
  const y = Math.max(0, Math.min(...line.map(({ top }) => top)) - MARGIN)
  const right = Math.min(columns, Math.max(...line.map(({ right }) => right)) + 1 + MARGIN)
  const bottom = Math.min(rows, Math.max(...line.map(({ bottom }) => bottom)) + 1 + MARGIN)
  return { x, y, width: right - x, height: bottom - y }
}

/** One box for those that overlap. */
export function joinedBoxes(boxes: readonly PixelBox[]): PixelBox[] {
  const result: PixelBox[] = []
  for (const box of boxes) {
    let whole = box
    for (let at = result.findIndex((other) => overlap(whole, other)); at >= 0; ) {
      whole = union(whole, result.splice(at, 1)[0] ?? whole)
      at = result.findIndex((other) => overlap(whole, other))
    }
    result.push(whole)
  }
  return result.sort((a, b) => a.y - b.y || a.x - b.x)
}

function overlap(a: PixelBox, b: PixelBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function union(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  const width = Math.max(a.x + a.width, b.x + b.width) - x
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y }
}
