import type { AugmentationRecipe } from '../domain/data-set/augmentation'
import type { Frame, SampleArray } from '../domain/image'
import { blurred } from './blur'
import type { Chance } from './chance'
import { drawTones } from './tones'
import { shownRows, type Warp } from './warp'

/** The variant of a frame: warped, blurred, its tones changed, pieces put out. Size and type stay. */
export function augmentFrame(frame: Frame, warp: Warp, recipe: AugmentationRecipe, chance: Chance): Frame {
  const { samples } = frame
  const [low, high] = samples === 3 ? [0, 255] : [frame.min, Math.max(frame.max, frame.min + 1)]
  const tones = drawTones(recipe, frame, chance)
  const data = frame.data.slice() as SampleArray
  const whole = frame.type !== 'float32' && frame.type !== 'float64'
  // one channel after the other: large photographs have planes of hundreds of megabytes
  for (let channel = 0; channel < samples; channel++) {
    const plane = blurred(warped(frame, warp, channel, low, high), frame, tones.sigma)
    tones.apply(plane)
    for (let i = 0; i < plane.length; i++) {
      const value = low + (plane[i] as number) * (high - low)
      data[i * samples + channel] = whole ? Math.round(value) : value
    }
  }
  return { ...frame, data }
}

/** Values of one channel from 0 to 1, row by row. Bilinear; what lies outside the picture is dark. */
function warped(frame: Frame, warp: Warp, channel: number, low: number, high: number): Float32Array {
  const { data, rows, columns, samples } = frame
  const plane = new Float32Array(rows * columns)
  const shown = shownRows(warp)
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= columns || y >= rows
      ? 0
      : ((data[(y * columns + x) * samples + channel] as number) - low) / (high - low)
  for (let row = 0; row < rows; row++) {
    const { xs, ys } = shown(row)
    for (let column = 0; column < columns; column++) {
      // no pairs here: taking them apart costs more than all the rest
      const px = (xs[column] as number) - 0.5
      const py = (ys[column] as number) - 0.5
      const x = Math.floor(px)
      const y = Math.floor(py)
      const u = px - x
      const v = py - y
      const top = at(x, y) * (1 - u) + (u > 0 ? at(x + 1, y) * u : 0)
      const bottom = v > 0 ? at(x, y + 1) * (1 - u) + (u > 0 ? at(x + 1, y + 1) * u : 0) : 0
      plane[row * columns + column] = top * (1 - v) + bottom * v
    }
  }
  return plane
}
