import { Enums, type Types } from '@cornerstonejs/core'
import type { Frame, VoiLut } from '#shared/domain/image'
import { levelsOf } from '#shared/pixels/voi-lut'
import type { Greys } from '../display/picture-bytes'
import type { Affine, ViewportSize } from '../view/view-state'
import { cameraFor } from './gpu-camera'

/** Lays the picture of a WebGL viewport where the view state says. */
export function applyView(viewport: Types.IStackViewport, affine: Affine, size: ViewportSize): void {
  const { origin, direction, spacing } = viewport.getImageData()
  const plane = {
    origin: triple(origin),
    row: triple(direction.slice(0, 3)),
    column: triple(direction.slice(3, 6)),
    spacing: [spacing[1], spacing[0]] as const,
  }
  viewport.setCamera(cameraFor(plane, affine, size))
}

const triple = ([x = 0, y = 0, z = 0]: ArrayLike<number> & Iterable<number>): [number, number, number] => [
  x,
  y,
  z,
]

/**
 * Gives a WebGL viewport the window of a frame. The texture holds stored values, so the window is carried from
 * modality values to stored ones; a negative slope turns it round.
 */
export function applyGreys(viewport: Types.IStackViewport, frame: Frame, { window, inverted }: Greys): void {
  const { LINEAR, SAMPLED_SIGMOID } = Enums.VOILUTFunctionType
  if (frame.samples === 3) {
    viewport.setProperties(
      { voiRange: { lower: 0, upper: 255 }, VOILUTFunction: LINEAR, invert: inverted },
      true,
    )
    return
  }
  if (window.lut) {
    applyTable(viewport, frame, window.lut, inverted)
    return
  }
  const black = (frame.photometric === 'MONOCHROME1') !== inverted
  viewport.setProperties(
    {
      voiRange: storedRange(frame, window),
      VOILUTFunction: frame.voiFunction === 'SIGMOID' ? SAMPLED_SIGMOID : LINEAR,
      invert: black !== frame.slope < 0,
    },
    true,
  )
}

/**
 * Stored values at the two ends of the ramp (DICOM PS3.3 C.11.2.1.2); for SIGMOID those from which
 * Cornerstone reckons centre and width again.
 */
function storedRange(
  { voiFunction, slope, intercept }: Frame,
  { center, width }: Greys['window'],
): { lower: number; upper: number } {
  const middle = (center - (voiFunction === 'LINEAR' ? 0.5 : 0) - intercept) / slope
  const half = (voiFunction === 'LINEAR' ? width - 1 : width) / Math.abs(slope) / 2
  return { lower: middle - half, upper: middle + half - (voiFunction === 'SIGMOID' ? 1 : 0) }
}

/**
 * Lays a table over the range of stored values it maps: Cornerstone makes the ramp, its points become the levels.
 * The graphics card keeps 1024 steps of it: a steep table of more entries may be off by a few levels.
 */
function applyTable(viewport: Types.IStackViewport, frame: Frame, lut: VoiLut, inverted: boolean): void {
  const stored = (value: number) => (value - frame.intercept) / frame.slope
  const [lower, upper] = [stored(lut.first), stored(lut.last)].sort((left, right) => left - right)
  if (lower === undefined || upper === undefined) return
  viewport.setProperties(
    { voiRange: { lower, upper }, VOILUTFunction: Enums.VOILUTFunctionType.LINEAR, invert: false },
    true,
  )
  const actor = viewport.getDefaultActor()?.actor as Types.VolumeActor | undefined
  const shades = actor?.getProperty().getRGBTransferFunction(0)
  if (!shades) return
  const levels = levelsOf(lut)
  const turned = (frame.photometric === 'MONOCHROME1') !== inverted
  shades.removeAllPoints()
  for (const [step, level] of levels.entries()) {
    const shade = (turned ? 255 - level : level) / 255
    const value = lut.first + ((lut.last - lut.first) * step) / Math.max(1, levels.length - 1)
    shades.addRGBPoint(stored(value), shade, shade, shade)
  }
}
