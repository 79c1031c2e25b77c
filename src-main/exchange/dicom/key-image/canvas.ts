import type { Point } from '#shared/domain/annotation/shape'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'

/** Pictures smaller than this are shown larger, pixel by pixel, so that lines stay fine. */
const LEAST_SIDE = 512
/** Width of a line in pixels of the picture. */
const LINE = 2

/** An RGB picture to draw on. */
export interface Canvas {
  rows: number
  columns: number
  /** Pixels of the picture for each pixel of the image, across and down. */
  scale: number
  /** rows x columns x 3 bytes. */
  bytes: Uint8Array
}

/** A frame as the viewer opens it, enlarged by a whole number where it is small. */
export function canvasOf(frame: Frame): Canvas {
  const scale = Math.max(1, Math.ceil(LEAST_SIDE / Math.max(frame.rows, frame.columns)))
  const [rows, columns] = [frame.rows * scale, frame.columns * scale]
  const shown = frame.samples === 3 ? frame.data : displayBytes(frame, initialWindow(frame))
  const bytes = new Uint8Array(rows * columns * 3)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = (Math.floor(row / scale) * frame.columns + Math.floor(column / scale)) * frame.samples
      const to = (row * columns + column) * 3
      for (let channel = 0; channel < 3; channel++) {
        bytes[to + channel] = shown[frame.samples === 3 ? from + channel : from] ?? 0
      }
    }
  }
  return { rows, columns, scale, bytes }
}

/** Draws a line from point to point, in pixels of the image. */
export function drawLine(canvas: Canvas, points: readonly Point[], colour: string): void {
  const [first] = points
  if (first && points.length === 1) stamp(canvas, first[0] * canvas.scale, first[1] * canvas.scale, colour)
  for (const [at, [x, y]] of points.slice(1).entries()) {
    const [fromX, fromY] = points[at] ?? [x, y]
    const length = Math.hypot(x - fromX, y - fromY) * canvas.scale
    const steps = Math.max(1, Math.ceil(length * 2))
    for (let step = 0; step <= steps; step++) {
      const part = step / steps
      const [atX, atY] = [fromX + (x - fromX) * part, fromY + (y - fromY) * part]
      stamp(canvas, atX * canvas.scale, atY * canvas.scale, colour)
    }
  }
}

function stamp({ rows, columns, bytes }: Canvas, x: number, y: number, colour: string): void {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const [left, top] = [Math.round(x - LINE / 2), Math.round(y - LINE / 2)]
  for (let row = Math.max(0, top); row < Math.min(rows, top + LINE); row++) {
    for (let column = Math.max(0, left); column < Math.min(columns, left + LINE); column++) {
      bytes.set(channels, (row * columns + column) * 3)
    }
  }
}
