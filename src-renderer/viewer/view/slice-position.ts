import type { FrameGeometry } from '#shared/domain/image'

/** The coordinate of a slice along the axis of the patient that it lies across most, in millimetres (LPS). */
export function positionAlong(
  geometry: FrameGeometry | null,
): { axis: 'x' | 'y' | 'z'; millimetres: number } | null {
  if (!geometry?.position || !geometry.orientation) return null
  const [rx, ry, rz, cx, cy, cz] = geometry.orientation
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx].map(Math.abs)
  const [x = 0, y = 0, z = 0] = normal
  if (z >= x && z >= y) return { axis: 'z', millimetres: geometry.position[2] }
  if (y >= x) return { axis: 'y', millimetres: geometry.position[1] }
  return { axis: 'x', millimetres: geometry.position[0] }
}
