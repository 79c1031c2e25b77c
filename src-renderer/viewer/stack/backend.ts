export type Backend = 'webgl' | 'canvas'

/** Names under which browsers and drivers run WebGL on the processor. */
const onProcessor = /swiftshader|llvmpipe|softpipe|software|basic render/i

/**
 * Draws by WebGL where a graphics adapter does the work, else by Canvas 2D: on the processor WebGL takes
 * several times as long for a slice as filling a canvas through a lookup table, and seconds to start.
 * `failIfMajorPerformanceCaveat` alone does not tell: Chromium hands out its software rasteriser all the same.
 */
export function chooseBackend(): Backend {
  const context = document
    .createElement('canvas')
    .getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (!context) return 'canvas'
  const named = context.getExtension('WEBGL_debug_renderer_info')
  const renderer: unknown = context.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : context.RENDERER)
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return onProcessor.test(String(renderer)) ? 'canvas' : 'webgl'
}
