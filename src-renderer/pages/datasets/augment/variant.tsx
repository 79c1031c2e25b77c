import { useEffect, useRef } from 'react'
import { pictureBytes } from '#renderer/viewer/display/picture-bytes'
import { Chance } from '#shared/augment/chance'
import { drawWarp } from '#shared/augment/warp'
import { augmentFrame } from '#shared/augment/warp-frame'
import type { AugmentationRecipe } from '#shared/domain/data-set/augmentation'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'

const settleMs = 200

/** One variant of a picture, by the functions that write it. */
export function Variant({ frame, recipe, copy }: { frame: Frame; recipe: AugmentationRecipe; copy: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const wanted = JSON.stringify(recipe)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the recipe is a new object each time, its content is not
  useEffect(() => {
    // one after the other, so that the page goes on answering
    const timer = setTimeout(() => draw(canvas.current, frame, recipe, copy), settleMs + 30 * copy)
    return () => clearTimeout(timer)
  }, [frame, wanted, copy])
  return (
    <li>
      <canvas ref={canvas} />
    </li>
  )
}

function draw(
  target: HTMLCanvasElement | null,
  frame: Frame,
  recipe: AugmentationRecipe,
  copy: number,
): void {
  if (!target) return
  const key = `${recipe.seed} ${copy}`
  const varied = augmentFrame(
    frame,
    drawWarp(recipe, frame, new Chance(key)),
    recipe,
    new Chance(`${key} tones`),
  )
  target.width = frame.columns
  target.height = frame.rows
  const picture = new ImageData(frame.columns, frame.rows)
  const window = frame.samples === 3 ? { center: 128, width: 256 } : initialWindow(frame)
  pictureBytes(varied, { window, inverted: false, palette: 'grey' }, picture.data)
  target.getContext('2d')?.putImageData(picture, 0, 0)
}
