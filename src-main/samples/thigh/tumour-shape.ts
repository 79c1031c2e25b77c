import { randomStream } from '../random'
import type { Tumour } from './options'

const elongation = 4 / 3
const lobes = 9
/** In surface radii: what lies farther is not pushed noticeably. */
const farthest = 2.4

/** A lobulated mass: an ellipsoid, longest along the thigh, with smooth bumps on it. Seen from its centre it is star-shaped. */
export interface TumourShape {
  /**
   * Distance of a point from the centre over that of the surface in the same direction: below 1 inside,
   * infinite where neither the mass nor its pressure is felt.
   */
  reach(x: number, y: number, z: number): number
  /** Volume in mm3 by integrating the radius over all directions, independent of any voxel grid. */
  volume(): number
}

/** Builds the shape; x, y and z of its methods are millimetres from the tumour's centre. */
export function tumourShape(tumour: Tumour, seed: number): TumourShape {
  const random = randomStream(seed, 0x74756d6f)
  const bumps = Array.from({ length: lobes }, () => {
    const height = random.between(-1, 1)
    const angle = random.between(0, 2 * Math.PI)
    const ring = Math.sqrt(1 - height * height)
    return {
      x: ring * Math.cos(angle),
      y: ring * Math.sin(angle),
      z: height,
      lift: random.between(0.08, 0.24),
    }
  })
  const axes = { x: tumour.radius * 0.9, y: tumour.radius, z: tumour.radius * elongation }
  const surface = (x: number, y: number, z: number) => {
    let radius = 0.86
    for (const bump of bumps) {
      const near = 0.5 + 0.5 * (x * bump.x + y * bump.y + z * bump.z)
      const square = near * near
      const fourth = square * square
      radius += bump.lift * fourth * fourth
    }
    return radius
  }
  return {
    reach(x, y, z) {
      const u = x / axes.x
      const v = y / axes.y
      const w = z / axes.z
      const length = Math.sqrt(u * u + v * v + w * w) || 1e-9
      if (length > farthest) return Number.POSITIVE_INFINITY
      return length / surface(u / length, v / length, w / length)
    },
    volume() {
      const directions = 20_000
      let sum = 0
      for (let i = 0; i < directions; i++) {
        const height = 1 - (2 * i + 1) / directions
        const ring = Math.sqrt(1 - height * height)
        const angle = i * Math.PI * (3 - Math.sqrt(5))
        sum += surface(ring * Math.cos(angle), ring * Math.sin(angle), height) ** 3
      }
      return (4 / 3) * Math.PI * axes.x * axes.y * axes.z * (sum / directions)
    },
  }
}
