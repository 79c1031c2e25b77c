import { loadImage } from './stack-images'
import { start } from './start'

/** Loads a picture into the viewer's cache before the viewport asks for it. */
export async function loadAhead(imageId: number): Promise<void> {
  start()
  // A failure is told by the viewport, which asks again.
  await loadImage(imageId).catch(() => undefined)
}
