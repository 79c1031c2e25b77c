import { type Affine, toScreen, type ViewportSize } from '#renderer/viewer/view/view-state'
import type { Point, Shape } from '#shared/domain/annotation/shape'
import type { Box } from '#shared/domain/finding'
import { extentOf } from '#shared/geometry/shapes/extent'
import { handlesOf } from '#shared/geometry/shapes/handles'
import { isArea, pathOf } from './paths'

export interface Surface {
  context: CanvasRenderingContext2D
  affine: Affine
  viewport: ViewportSize
  /** Device pixels for one CSS pixel. */
  ratio: number
}

export interface Look {
  colour: string
  /** Opacity of the fill, from 0 to 1. */
  fill: number
  selected: boolean
  /** What is written beside it; none where it is empty. */
  text: string
  dashed?: boolean
}

/**
 * The canvas at the size of its viewport, empty; with a box of the image only that part of it, and what is drawn
 * stays within. The caller restores the context.
 */
export function surfaceOf(
  canvas: HTMLCanvasElement,
  affine: Affine,
  viewport: ViewportSize,
  part: Box | null = null,
): Surface | null {
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(viewport.width * ratio), Math.round(viewport.height * ratio)]
  const resized = canvas.width !== width || canvas.height !== height
  if (resized) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d')
  if (!context) return null
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  const [x, y, wide, high] = part && !resized ? onScreen(part, affine, ratio) : [0, 0, width, height]
  context.beginPath()
  context.rect(x, y, wide, high)
  context.clip()
  context.clearRect(x, y, wide, high)
  return { context, affine, viewport, ratio }
}

/** The device pixels that a box of the image covers. */
function onScreen([x, y, width, height]: Box, affine: Affine, ratio: number): Box {
  const [ax, ay] = toScreen(affine, [x, y])
  const [bx, by] = toScreen(affine, [x + width, y + height])
  const [left, top] = [Math.floor(Math.min(ax, bx) * ratio) - 1, Math.floor(Math.min(ay, by) * ratio) - 1]
  const right = Math.ceil(Math.max(ax, bx) * ratio) + 1
  return [left, top, right - left, Math.ceil(Math.max(ay, by) * ratio) + 1 - top]
}

/** Draws a shape: a line of constant width on a dark rim, seen on bright and dark pictures alike. */
export function paintShape(surface: Surface, shape: Shape, look: Look): void {
  const { context, affine, ratio } = surface
  if (shape.kind === 'point') {
    paintPoint(surface, shape.point, look)
    return
  }
  const [a, b, c, d, e, f] = affine
  context.save()
  context.setTransform(a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio)
  const path = pathOf(shape)
  if (isArea(shape) && look.fill > 0) {
    context.globalAlpha = look.fill
    context.fillStyle = look.colour
    context.fill(path, 'evenodd')
    context.globalAlpha = 1
  }
  // outlines have one width whichever way pixels are stretched
  const outline = new Path2D()
  outline.addPath(path, new DOMMatrix([a * ratio, b * ratio, c * ratio, d * ratio, e * ratio, f * ratio]))
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  if (look.dashed) context.setLineDash([5 * ratio, 4 * ratio])
  context.strokeStyle = 'rgb(0 0 0 / 55%)'
  context.lineWidth = (look.selected ? 5 : 3.5) * ratio
  context.stroke(outline)
  context.strokeStyle = look.colour
  context.lineWidth = (look.selected ? 2.5 : 1.75) * ratio
  context.stroke(outline)
  context.restore()
}

function paintPoint({ context, affine, ratio }: Surface, at: Point, { colour, selected }: Look): void {
  const [x, y] = toScreen(affine, at)
  context.save()
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const cross = new Path2D()
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ] as const) {
    cross.moveTo(x + dx * 3, y + dy * 3)
    cross.lineTo(x + dx * 9, y + dy * 9)
  }
  context.lineCap = 'round'
  context.strokeStyle = 'rgb(0 0 0 / 60%)'
  context.lineWidth = selected ? 5 : 4
  context.stroke(cross)
  context.strokeStyle = colour
  context.lineWidth = selected ? 2.5 : 2
  context.stroke(cross)
  context.restore()
}

/** An open line of points, e.g. a polygon that is still being drawn. */
export function paintOpen(surface: Surface, points: readonly Point[], colour: string, closes: boolean): void {
  const { context, affine, ratio } = surface
  const on = points.map((at) => toScreen(affine, at))
  const [first] = on
  if (!first) return
  context.save()
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const path = new Path2D()
  for (const [x, y] of on) path.lineTo(x, y)
  if (closes) {
    const area = new Path2D(path)
    area.closePath()
    context.globalAlpha = 0.15
    context.fillStyle = colour
    context.fill(area, 'evenodd')
    context.globalAlpha = 1
  }
  context.lineJoin = 'round'
  context.strokeStyle = 'rgb(0 0 0 / 55%)'
  context.lineWidth = 3.5
  context.stroke(path)
  context.strokeStyle = colour
  context.lineWidth = 2
  context.stroke(path)
  if (on.length <= 100) for (const at of on.slice(0, -1)) dot(context, at, 3, colour)
  dot(context, first, 5, colour)
  context.restore()
}

/** The points a selected shape can be taken hold of. */
export function paintHandles(surface: Surface, shape: Shape, colour: string, arm: number): void {
  const { context, affine, ratio } = surface
  context.save()
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  for (const { at, kind } of handlesOf(shape, arm)) {
    const [x, y] = toScreen(affine, at)
    if (kind === 'turn') {
      dot(context, [x, y], 5, '#ffffff')
    } else {
      const half = kind === 'edge' ? 3 : 4
      context.fillStyle = '#ffffff'
      context.strokeStyle = colour
      context.lineWidth = 1.5
      context.fillRect(x - half, y - half, half * 2, half * 2)
      context.strokeRect(x - half, y - half, half * 2, half * 2)
    }
  }
  context.restore()
}

/** Writes what a shape is, or measures, above it. */
export function paintText(
  { context, affine, viewport, ratio }: Surface,
  shape: Shape,
  { text, colour }: Look,
): void {
  const box = text ? extentOf(shape) : null
  if (!box) return
  const [x, y, width, height] = box
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map(([cx = 0, cy = 0]) => toScreen(affine, [cx, cy]))
  const left = Math.min(...corners.map(([cx]) => cx))
  const top = Math.min(...corners.map(([, cy]) => cy))
  context.save()
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.font = '12px system-ui, sans-serif'
  context.textBaseline = 'middle'
  const wide = context.measureText(text).width + 14
  const plateX = Math.max(2, Math.min(viewport.width - wide - 2, left))
  const plateY = Math.max(2, Math.min(viewport.height - 22, top - 26))
  context.fillStyle = 'rgb(11 14 18 / 82%)'
  context.beginPath()
  context.roundRect(plateX, plateY, wide, 20, 5)
  context.fill()
  context.fillStyle = colour
  context.fillRect(plateX, plateY + 4, 2.5, 12)
  context.fillStyle = '#f2f5f9'
  context.fillText(text, plateX + 8, plateY + 10.5)
  context.restore()
}

function dot(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  radius: number,
  colour: string,
): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = colour
  context.fill()
  context.strokeStyle = 'rgb(0 0 0 / 60%)'
  context.lineWidth = 1
  context.stroke()
}
