/** A point before the shelf in centimetres: x to the right, y up, z away from the camera; the shelf's front is z = 0. */
export type Point = readonly [x: number, y: number, z: number]
/** A place in the photograph in pixels, y down. */
export type Pixel = readonly [x: number, y: number]

/** Where the photograph was taken from. Angles in radians. */
export interface Stand {
  x: number
  y: number
  distance: number
  yaw: number
  pitch: number
  roll: number
}

/** A pinhole camera. */
export interface Camera {
  stand: Stand
  project(point: Point): Pixel
  /** Pixels that a length of one centimetre takes at a point. */
  scale(point: Point): number
}

/** A camera for photographs of the given size; `focal` is the focal length over the photograph's width. */
export function cameraAt(stand: Stand, width: number, height: number, focal = 1.05): Camera {
  const [cy, sy] = [Math.cos(stand.yaw), Math.sin(stand.yaw)]
  const [cp, sp] = [Math.cos(stand.pitch), Math.sin(stand.pitch)]
  const [cr, sr] = [Math.cos(stand.roll), Math.sin(stand.roll)]
  const length = focal * width
  const seen = ([px, py, pz]: Point) => {
    const dx = px - stand.x
    const dy = py - stand.y
    const dz = pz + stand.distance
    const x = cy * dx - sy * dz
    const forward = sy * dx + cy * dz
    const y = cp * dy - sp * forward
    const depth = Math.max(1, sp * dy + cp * forward)
    return { x: cr * x - sr * y, y: sr * x + cr * y, depth }
  }
  return {
    stand,
    project(point) {
      const { x, y, depth } = seen(point)
      return [width / 2 + (length * x) / depth, height / 2 - (length * y) / depth]
    },
    scale: (point) => length / seen(point).depth,
  }
}
