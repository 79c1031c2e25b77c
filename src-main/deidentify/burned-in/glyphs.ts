/** A connected patch of pixels that stand out from what is around them. */
export interface Glyph {
  left: number
  top: number
  /** Of the last pixel. */
  right: number
  bottom: number
  area: number
  /** The brightest value of bright patches, the darkest of dark ones. */
  peak: number
}

/** Pixels to each side whose mean is the ground that writing stands out from. */
const GROUND = 12
/** Grey levels that writing differs by at least. */
const CONTRAST = 56

/**
 * Patches brighter (or darker) than their surroundings, joined over corners.
 * @param grey rows x columns, row by row, 0 to 255.
 */
export function glyphs(grey: Uint8Array, rows: number, columns: number, bright: boolean): Glyph[] {
  const marks = standingOut(grey, rows, columns, bright)
  const found: Glyph[] = []
  const open: number[] = []
  for (let start = 0; start < marks.length; start++) {
    if (marks[start] === 0) continue
    const at = { x: start % columns, y: Math.floor(start / columns) }
    const glyph = { left: at.x, right: at.x, top: at.y, bottom: at.y, area: 0, peak: grey[start] ?? 0 }
    marks[start] = 0
    open.push(start)
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      const x = pixel % columns
      const y = (pixel - x) / columns
      const value = grey[pixel] ?? 0
      glyph.area++
      glyph.left = Math.min(glyph.left, x)
      glyph.right = Math.max(glyph.right, x)
      glyph.bottom = Math.max(glyph.bottom, y)
      glyph.peak = bright ? Math.max(glyph.peak, value) : Math.min(glyph.peak, value)
      for (let down = Math.max(0, y - 1); down <= Math.min(rows - 1, y + 1); down++) {
        for (let across = Math.max(0, x - 1); across <= Math.min(columns - 1, x + 1); across++) {
          const next = down * columns + across
          if (marks[next] === 0) continue
          marks[next] = 0
          open.push(next)
        }
      }
    }
    found.push(glyph)
  }
  return found
}

/** One where a pixel differs from the mean of its surroundings by more than the contrast of writing. */
function standingOut(grey: Uint8Array, rows: number, columns: number, bright: boolean): Uint8Array {
  const sums = new Float64Array((rows + 1) * (columns + 1))
  for (let y = 0; y < rows; y++) {
    let line = 0
    for (let x = 0; x < columns; x++) {
      line += grey[y * columns + x] ?? 0
      sums[(y + 1) * (columns + 1) + x + 1] = (sums[y * (columns + 1) + x + 1] ?? 0) + line
    }
  }
  const sum = (y: number, x: number) => sums[y * (columns + 1) + x] ?? 0
  const marks = new Uint8Array(rows * columns)
  for (let y = 0; y < rows; y++) {
    const [top, bottom] = [Math.max(0, y - GROUND), Math.min(rows, y + GROUND + 1)]
    for (let x = 0; x < columns; x++) {
      const [left, right] = [Math.max(0, x - GROUND), Math.min(columns, x + GROUND + 1)]
      const total = sum(bottom, right) - sum(top, right) - sum(bottom, left) + sum(top, left)
      const mean = total / ((bottom - top) * (right - left))
      const difference = (grey[y * columns + x] ?? 0) - mean
      marks[y * columns + x] = (bright ? difference : -difference) > CONTRAST ? 1 : 0
    }
  }
  return marks
}
