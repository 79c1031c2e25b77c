import { encode } from 'fast-png'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'

/** A frame as the viewer opens it, 8 bit; grey frames can be had in three equal channels. */
export function displayPng(frame: Frame, channels: 1 | 3 = frame.samples): Uint8Array {
  const { rows, columns, samples } = frame
  const shown = samples === 3 ? frame.data : displayBytes(frame, initialWindow(frame))
  const spread = channels > samples ? channels : 1
  const data = new Uint8Array(rows * columns * Math.max(channels, samples))
  for (let i = 0; i < data.length; i++) data[i] = shown[Math.floor(i / spread)] ?? 0
  const picture = {
    width: columns,
    height: rows,
    data,
    channels: Math.max(channels, samples),
    depth: 8 as const,
  }
  return encode(picture, { zlib: { level: 1 } })
}
