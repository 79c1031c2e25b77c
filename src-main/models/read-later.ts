import type { Models } from './types'

/** Milliseconds by which the first screen has its answers. */
const DELAY = 2_000

/**
 * Reads the packages while a person looks at the first screen. A failure is told when models are asked for.
 * Answers with what calls it off.
 */
export function readLater(models: Pick<Models, 'refresh'>, delay = DELAY): () => void {
  const timer = setTimeout(() => {
    try {
      models.refresh()
    } catch {
      // whoever asks for models reads them again and says what is wrong
    }
  }, delay)
  return () => clearTimeout(timer)
}
