import { Transformer } from '@napi-rs/image'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'

const QUALITY = 85

/** A small JPEG of a frame as the viewer opens it, its longest side at most `size` pixels. */
export async function thumbnail(frame: Frame, size: number): Promise<{ type: string; bytes: Uint8Array }> {
  const rgba = opaque(frame)
  const scale = Math.min(1, size / Math.max(frame.rows, frame.columns))
  const picture = Transformer.fromRgbaPixels(rgba, frame.columns, frame.rows)
  if (scale < 1) {
    const width = Math.max(1, Math.round(frame.columns * scale))
    const height = Math.max(1, Math.round(frame.rows * scale))
    picture.fastResize({ width, height })
  }
  return { type: 'image/jpeg', bytes: await picture.jpeg(QUALITY) }
}

function opaque(frame: Frame): Uint8Array {
  const { samples } = frame
  const shown = samples === 3 ? frame.data : displayBytes(frame, initialWindow(frame))
  const pixels = frame.rows * frame.columns
  const rgba = new Uint8Array(pixels * 4)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * samples
    rgba[pixel * 4] = shown[from] as number
    rgba[pixel * 4 + 1] = shown[samples === 3 ? from + 1 : from] as number
    rgba[pixel * 4 + 2] = shown[samples === 3 ? from + 2 : from] as number
    rgba[pixel * 4 + 3] = 255
  }
  return rgba
}
