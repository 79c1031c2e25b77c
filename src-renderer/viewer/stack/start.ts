import { getConfiguration, init, setConfiguration, setUseCPURendering } from '@cornerstonejs/core'
import { type Backend, chooseBackend } from './backend'
import { startLoading } from './stack-images'

let started: Backend | null = null

/** Starts Cornerstone once for the whole window. */
export function start(): Backend {
  if (started) return started
  started = chooseBackend()
  // On Canvas 2D `init` is left out: it would probe WebGL's texture formats on the software rasteriser.
  if (started === 'webgl') init()
  else setUseCPURendering(true, false)
  const configuration = getConfiguration()
  setConfiguration({
    ...configuration,
    rendering: { ...configuration.rendering, webGlContextCount: 1 },
  })
  startLoading(started)
  return started
}

/** From now on Canvas 2D draws: the graphics driver took WebGL away. */
export function fallBackToCanvas(): void {
  setUseCPURendering(true, false)
  started = 'canvas'
}
