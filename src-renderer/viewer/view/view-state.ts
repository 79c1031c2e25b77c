/**
 * How a picture lies in its viewport, apart from its grey values. The renderers (Canvas 2D or WebGL) and
 * every overlay are driven by this one state, so they cannot drift apart.
 */
export interface ViewState {
  /** CSS pixels for one image pixel along the axis of the smaller spacing; null: as large as fits. */
  zoom: number | null
  /** Point of the image shown at the centre of the viewport, in image pixels from the corner of the first one. */
  center: Point | null
  /** How image axes appear on the screen: screen = orientation x image. A signed permutation, row by row. */
  orientation: Orientation
}

export type Point = readonly [x: number, y: number]
export type Orientation = readonly [xx: number, xy: number, yx: number, yy: number]

/** Rows, columns and the shape of the pixels; spacing is the distance of rows, then of columns. */
export interface PictureSize {
  rows: number
  columns: number
  spacing: readonly [number, number] | null
}

export interface ViewportSize {
  /** CSS pixels. */
  width: number
  height: number
}

export const upright: Orientation = [1, 0, 0, 1]
export const initialView: ViewState = { zoom: null, center: null, orientation: upright }

const compose = (left: Orientation, right: Orientation): Orientation => [
  left[0] * right[0] + left[1] * right[2],
  left[0] * right[1] + left[1] * right[3],
  left[2] * right[0] + left[3] * right[2],
  left[2] * right[1] + left[3] * right[3],
]

const turned = (view: ViewState, by: Orientation): ViewState => ({
  ...view,
  orientation: compose(by, view.orientation),
})

/** A quarter turn clockwise, as seen on the screen. */
export const rotatedClockwise = (view: ViewState) => turned(view, [0, -1, 1, 0])
/** Left and right exchanged, as seen on the screen. */
export const flippedHorizontally = (view: ViewState) => turned(view, [-1, 0, 0, 1])
/** Top and bottom exchanged, as seen on the screen. */
export const flippedVertically = (view: ViewState) => turned(view, [1, 0, 0, -1])

/** Stretch of x and y that makes pixels keep their physical shape; the smaller spacing is 1. */
export function pixelShape(spacing: PictureSize['spacing']): Point {
  if (!spacing || !(spacing[0] > 0) || !(spacing[1] > 0)) return [1, 1]
  const least = Math.min(spacing[0], spacing[1])
  return [spacing[1] / least, spacing[0] / least]
}

/** Zoom at which the whole picture is just inside the viewport. */
export function fitZoom(picture: PictureSize, viewport: ViewportSize, orientation: Orientation): number {
  const [shapeX, shapeY] = pixelShape(picture.spacing)
  const width = picture.columns * shapeX
  const height = picture.rows * shapeY
  const [across, down] = orientation[0] === 0 ? [height, width] : [width, height]
  return Math.min(viewport.width / across, viewport.height / down)
}

export const zoomOf = (view: ViewState, picture: PictureSize, viewport: ViewportSize): number =>
  view.zoom ?? fitZoom(picture, viewport, view.orientation)

const largestZoom = 64

/** The same view at another zoom, with the image point under `at` (CSS pixels) staying where it is. */
export function zoomedAt(
  view: ViewState,
  picture: PictureSize,
  viewport: ViewportSize,
  factor: number,
  at: Point,
): ViewState {
  const fit = fitZoom(picture, viewport, view.orientation)
  const wanted = zoomOf(view, picture, viewport) * factor
  const zoom = Math.min(Math.max(wanted, Math.min(fit, 1) / 8), Math.max(largestZoom, fit))
  const before = affineOf(view, picture, viewport)
  const fixed = toImage(before, at)
  const after = affineOf({ ...view, zoom, center: [0, 0] }, picture, viewport)
  const moved = toImage(after, at)
  return { ...view, zoom, center: [fixed[0] - moved[0], fixed[1] - moved[1]] }
}

/** The same view with the picture dragged by CSS pixels. */
export function panned(view: ViewState, picture: PictureSize, viewport: ViewportSize, by: Point): ViewState {
  const affine = affineOf(view, picture, viewport)
  const origin = toImage(affine, [0, 0])
  const shifted = toImage(affine, by)
  const center = centerOf(view, picture)
  return { ...view, center: [center[0] - (shifted[0] - origin[0]), center[1] - (shifted[1] - origin[1])] }
}

export const centerOf = (view: ViewState, picture: PictureSize): Point =>
  view.center ?? [picture.columns / 2, picture.rows / 2]

/** An affine map in the order of CanvasRenderingContext2D.setTransform: x' = a x + c y + e, y' = b x + d y + f. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/**
 * Image pixels (from the corner of the first pixel) to CSS pixels of the viewport. At zooms that are whole
 * numbers the picture is laid on the grid of the screen, so that 1:1 shows the stored pixels themselves.
 */
export function affineOf(
  view: ViewState,
  picture: PictureSize,
  viewport: ViewportSize,
  pixelRatio = 1,
): Affine {
  const [shapeX, shapeY] = pixelShape(picture.spacing)
  const zoom = zoomOf(view, picture, viewport)
  const [xx, xy, yx, yy] = view.orientation
  const a = xx * zoom * shapeX
  const b = yx * zoom * shapeX
  const c = xy * zoom * shapeY
  const d = yy * zoom * shapeY
  const [x, y] = centerOf(view, picture)
  const onGrid = Number.isInteger(zoom * pixelRatio)
  const place = (value: number) => (onGrid ? Math.round(value * pixelRatio) / pixelRatio : value)
  return [a, b, c, d, place(viewport.width / 2 - a * x - c * y), place(viewport.height / 2 - b * x - d * y)]
}

export const toScreen = ([a, b, c, d, e, f]: Affine, [x, y]: Point): Point => [
  a * x + c * y + e,
  b * x + d * y + f,
]

export function toImage([a, b, c, d, e, f]: Affine, [x, y]: Point): Point {
  const determinant = a * d - b * c
  const dx = x - e
  const dy = y - f
  return [(d * dx - c * dy) / determinant, (a * dy - b * dx) / determinant]
}

/** Another picture's view at the same magnification, turned the same way, about the same part of it. */
export function linkedView(view: ViewState, from: PictureSize, to: PictureSize): ViewState {
  const least = (spacing: PictureSize['spacing']) => (spacing ? Math.min(...spacing) : null)
  const [mine, other] = [least(from.spacing), least(to.spacing)]
  const ratio = mine && other ? other / mine : 1
  return {
    zoom: view.zoom === null ? null : view.zoom * ratio,
    center: view.center && [
      (view.center[0] / from.columns) * to.columns,
      (view.center[1] / from.rows) * to.rows,
    ],
    orientation: view.orientation,
  }
}
