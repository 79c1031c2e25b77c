import { writingTo } from '#main/deidentify/sink'
import { displayPng } from '#main/imaging/display-png'
import { thumbnail } from '#main/imaging/thumbnail'
import { Chance } from '#shared/augment/chance'
import { drawWarp } from '#shared/augment/warp'
import { augmentFrame } from '#shared/augment/warp-frame'
import { warpShape } from '#shared/augment/warp-shape'
import type { Shape } from '#shared/domain/annotation/shape'
import type { Frame } from '#shared/domain/image'
import type { PictureTask, ShapesTask, Variation } from '../types'

/** A frame as a variation makes it of it, the same for the same key. */
export function varied(frame: Frame, { recipe, key }: Variation): Frame {
  return augmentFrame(frame, warpOf({ recipe, key }, frame), recipe, new Chance(`${key} tones`))
}

/** Shapes as they lie in the variant; null where hardly anything of one is in sight. */
export function variedShapes({ shapes, variation, rows, columns }: ShapesTask): (Shape | null)[] {
  const warp = warpOf(variation, { rows, columns })
  return shapes.map((shape) => warpShape(shape, warp))
}

const warpOf = ({ recipe, key }: Variation, size: { rows: number; columns: number }) =>
  drawWarp(recipe, size, new Chance(`${key} warp`))

/** Writes the picture of a frame. Throws OUTPUT_UNWRITABLE, DISK_FULL; no file is left then. */
export async function writePicture(frame: Frame, task: Omit<PictureTask, 'source'>): Promise<void> {
  const { target, variation, format, channels } = task
  const shown = variation ? varied(frame, variation) : frame
  const bytes =
    format === 'png'
      ? displayPng(shown, channels ?? shown.samples)
      : (await thumbnail(shown, Math.max(shown.rows, shown.columns))).bytes
  await writingTo(target, async (sink) => sink.write(bytes))
}
