import type { Box } from '#shared/domain/finding'
import { type Affine, toScreen, type ViewportSize } from '../view/view-state'

/** A box with its name, e.g. `Soft-tissue tumour · 0.94`. */
export interface NamedBox {
  box: Box
  text: string
  label: string
  /** Around a region that is drawn itself, rather than what was found. */
  around: boolean
  /** Steps back behind the others. */
  faint: boolean
}

interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

interface Place {
  viewport: ViewportSize
  affine: Affine
  colourOf: (label: string) => string
}

const plateHeight = 20

/**
 * Draws boxes, the first ones on top, and their names where there is room for them: a name that would hide another
 * is left out until the picture is enlarged. The context is in CSS pixels.
 */
export function drawBoxes(context: CanvasRenderingContext2D, boxes: readonly NamedBox[], place: Place): void {
  const framed = boxes.map((named) => ({ named, frame: frameOf(named, place.affine) }))
  for (const { named, frame } of [...framed].reverse()) drawFrame(context, named, frame, place)
  const taken: Rectangle[] = []
  context.font = '12px system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (const { named, frame } of framed) {
    if (named.faint) continue
    const width = context.measureText(named.text).width + 14
    const plate = placesFor(frame, width, place.viewport).find((one) => !taken.some((old) => meet(one, old)))
    if (!plate) continue
    taken.push(plate)
    drawPlate(context, named, plate, place)
  }
}

function frameOf({ box, around }: NamedBox, affine: Affine): Rectangle {
  const one = toScreen(affine, [box[0], box[1]])
  const other = toScreen(affine, [box[0] + box[2], box[1] + box[3]])
  const margin = around ? 2.5 : 0
  return {
    x: Math.round(Math.min(one[0], other[0])) - margin,
    y: Math.round(Math.min(one[1], other[1])) - margin,
    width: Math.round(Math.abs(other[0] - one[0])) + 2 * margin,
    height: Math.round(Math.abs(other[1] - one[1])) + 2 * margin,
  }
}

function drawFrame(
  context: CanvasRenderingContext2D,
  { label, around, faint }: NamedBox,
  { x, y, width, height }: Rectangle,
  place: Place,
): void {
  context.globalAlpha = faint ? 0.25 : 1
  if (around) {
    context.setLineDash([4, 3])
  } else {
    context.strokeStyle = 'rgb(0 0 0 / 55%)'
    context.lineWidth = 3.5
    context.strokeRect(x, y, width, height)
  }
  context.strokeStyle = place.colourOf(label)
  context.lineWidth = around ? 1 : 2
  context.strokeRect(x, y, width, height)
  context.setLineDash([])
  context.globalAlpha = 1
}

/** Above the box, inside its top, below it: the first that is free is taken. */
function placesFor({ x, y, width, height }: Rectangle, wide: number, viewport: ViewportSize): Rectangle[] {
  const left = Math.max(4, Math.min(x, viewport.width - wide - 4))
  const tops = [y - plateHeight - 2, y + 2, y + height + 2]
  // a box that is mostly out of sight is not named
  if (x > viewport.width || y > viewport.height || x + width < 0 || y + height < 0) return []
  return tops
    .filter((top) => top >= 4 && top + plateHeight <= viewport.height - 4)
    .map((top) => ({ x: left, y: top, width: wide, height: plateHeight }))
}

const meet = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function drawPlate(
  context: CanvasRenderingContext2D,
  { text, label }: NamedBox,
  { x, y, width, height }: Rectangle,
  { colourOf }: Place,
): void {
  context.fillStyle = 'rgb(11 14 18 / 86%)'
  context.strokeStyle = colourOf(label)
  context.lineWidth = 1
  context.beginPath()
  context.roundRect(Math.round(x) + 0.5, Math.round(y) + 0.5, width, height, 4)
  context.fill()
  context.stroke()
  context.fillStyle = '#ffffff'
  context.fillText(text, Math.round(x) + 7, Math.round(y) + height / 2 + 1)
}
