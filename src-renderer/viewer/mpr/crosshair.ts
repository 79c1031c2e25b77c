import { inImage } from '#shared/geometry/slice-plane'
import { dot, type Vector } from '#shared/geometry/vector'
import type { PlaneFrame, PlaneName, VolumePlane } from '#shared/geometry/volume-planes'
import { planeNames } from '#shared/geometry/volume-planes'
import { type Affine, toScreen, type ViewportSize } from '../view/view-state'

/** Every plane has a colour, in which it is drawn where it cuts the others. */
export const planeColours: Record<PlaneName, string> = {
  axial: '#ff6b6b',
  coronal: '#5dd39e',
  sagittal: '#ffd166',
}

interface Place {
  name: PlaneName
  plane: VolumePlane
  frames: Record<PlaneName, PlaneFrame>
  center: Vector
  affine: Affine
  viewport: ViewportSize
  ratio: number
}

/** CSS pixels left free round the point where the planes meet. */
const gap = 14

/** Draws where the other planes cut this one. */
export function drawCrosshair(context: CanvasRenderingContext2D, place: Place): void {
  const { name, plane, frames, center, affine, viewport, ratio } = place
  const [x, y] = toScreen(affine, inImage(plane, center))
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.lineWidth = 1
  const far = viewport.width + viewport.height
  for (const other of planeNames) {
    if (other === name) continue
    // the other plane cuts this one along the direction that lies in both
    const runsAcross = Math.abs(dot(frames[other].normal, plane.column)) > 0.5
    const [dx, dy] = direction(affine, runsAcross)
    context.strokeStyle = planeColours[other]
    context.globalAlpha = 0.8
    context.beginPath()
    for (const side of [-1, 1]) {
      context.moveTo(x + side * gap * dx, y + side * gap * dy)
      context.lineTo(x + side * far * dx, y + side * far * dy)
    }
    context.stroke()
  }
  context.globalAlpha = 1
}

/** How the image's rows or columns run on the screen. */
function direction([a, b, c, d]: Affine, across: boolean): [number, number] {
  const [x, y] = across ? [a, b] : [c, d]
  const length = Math.hypot(x, y)
  return [x / length, y / length]
}
