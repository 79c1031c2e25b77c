import type { MapInfo } from '../domain/probability-map'
import { resizeWindow, type Window } from './bilinear'

/** Probability bytes from here on are kept in a map; below is no more than a trace. */
export const TRACE = 5

/**
 * One label of a cropped map on the stored image's grid: rows x columns values from 0 to 255 (probability x 255,
 * bilinear between the map's points). `bytes` holds a plane of the crop's width x height for each label.
 */
export function upsampleMap(info: MapInfo, bytes: Uint8Array, label: number): Float32Array {
  const [, , width, height] = info.crop
  const plane = bytes.subarray(label * width * height, (label + 1) * width * height)
  return resizeWindow(plane, info.crop, [info.mapRows, info.mapColumns], [info.rows, info.columns])
}

/** 1 where a field of values from 0 to 255 reaches the threshold (a probability from 0 to 1), else 0. */
export function maskOf(field: Float32Array, threshold: number): Uint8Array {
  const least = threshold * 255
  const mask = new Uint8Array(field.length)
  for (let i = 0; i < field.length; i++) if ((field[i] ?? 0) >= least) mask[i] = 1
  return mask
}

/**
 * The part of a map (one rows x columns plane for each label) that holds more than a trace, with one point of
 * margin so that interpolation at its edge is exact; null where there is none.
 */
export function tracedWindow(planes: Uint8Array, rows: number, columns: number): Window | null {
  let [left, top, right, bottom] = [columns, rows, -1, -1]
  for (let at = 0; at < planes.length; at += columns) {
    const row = (at / columns) % rows
    for (let column = 0; column < columns; column++) {
      if ((planes[at + column] ?? 0) < TRACE) continue
      if (column < left) left = column
      if (column > right) right = column
      if (row < top) top = row
      if (row > bottom) bottom = row
    }
  }
  if (right < 0) return null
  left = Math.max(0, left - 1)
  top = Math.max(0, top - 1)
  right = Math.min(columns - 1, right + 1)
  bottom = Math.min(rows - 1, bottom + 1)
  return [left, top, right - left + 1, bottom - top + 1]
}

/** Cuts a window out of every plane. */
export function cropPlanes(
  planes: Uint8Array,
  [rows, columns]: readonly [number, number],
  [left, top, width, height]: Window,
): Uint8Array<ArrayBuffer> {
  const count = planes.length / (rows * columns)
  const cropped = new Uint8Array(count * width * height)
  for (let plane = 0; plane < count; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * rows + top + y) * columns + left
      cropped.set(planes.subarray(from, from + width), (plane * height + y) * width)
    }
  }
  return cropped
}
