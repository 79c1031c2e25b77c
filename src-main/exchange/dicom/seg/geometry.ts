import type { FrameGeometry } from '#shared/domain/image'
import { sliceDistance } from '#shared/geometry/slice-plane'
import type { ImageIdentity } from '../../types'
import { type Attributes, decimal } from '../object/attributes'

/** Whether every image says where it lies in the patient, as segmentations in a frame of reference need it. */
export function placedInPatient(images: readonly ImageIdentity[], frameOfReference: string | null): boolean {
  return (
    frameOfReference !== null &&
    images.every(({ geometry }) => geometry?.position && geometry.orientation && geometry.spacing)
  )
}

/** Pixel Measures and Plane Orientation, which all frames of a stack share. */
export function sharedGeometry(images: readonly ImageIdentity[]): Attributes {
  const geometry = images[0]?.geometry
  if (!geometry?.spacing || !geometry.orientation) return {}
  const distance = sliceDistance(images)
  const thickness = geometry.thickness ?? distance ?? 1
  return {
    PixelMeasuresSequence: [
      {
        PixelSpacing: geometry.spacing.map(decimal),
        SliceThickness: decimal(thickness),
        ...(distance === null ? {} : { SpacingBetweenSlices: decimal(distance) }),
      },
    ],
    PlaneOrientationSequence: [{ ImageOrientationPatient: geometry.orientation.map(decimal) }],
  }
}

export function planePosition(geometry: FrameGeometry | null): Attributes {
  if (!geometry?.position) return {}
  return { PlanePositionSequence: [{ ImagePositionPatient: geometry.position.map(decimal) }] }
}
